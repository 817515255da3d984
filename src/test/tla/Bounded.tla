------------------------------ MODULE Bounded --------------------------------
(* The spec within bounds that TLC can exhaust. Where two steps come to the same, or one only   *)
(* gives up what it might do, one is left out: what is broken with it is broken without it.      *)
EXTENDS Raft, TLC

CONSTANTS
  n1, n2, n3,         \* the nodes
  Frail,              \* who has a slow disk, and stops and starts again
  Ambitious,          \* who campaigns, whenever it likes; the others only vote
  MaxLog, MaxWrites

(* Without pre-votes, which permit less. *)
AmbitionIsEnough(n) == n \in Ambitious

(* Who takes a newer term without voting or following in it only loses what it could do. *)
NobodyJustListens(n) == {}

(* One entry at a time, and the latest commit index: longer requests come to the same as         *)
(* several of these, and older commit indexes to the same as requests that came earlier.          *)
OneEntryRequests(t) ==
  IF lead[t].node = None THEN {}
  ELSE {[prev |-> last - size, last |-> last, commit |-> KnownCommit(t)] :
          <<last, size>> \in (1 .. Len(lead[t].log)) \X {0, 1}}

Prompt == \E n \in Node \ Frail : Written(n, 1)
HasWrites == \E n \in Node \ Frail : queue[n] # <<>>

Talk(n) ==
  /\ Say(n)
  /\ <<asks, votes, acks, rounds>>' # <<asks, votes, acks, rounds>>

HasToSay(n) ==
  /\ term[n] > 0 /\ IsHardStateDurable(n)
  /\ \/ role[n] = "CANDIDATE" /\ Position(n, term[n]) \notin asks
     \/ role[n] = "FOLLOWER" /\ vote[n] \notin {None, n}
          /\ [term |-> term[n], from |-> n, to |-> vote[n]] \notin votes
     \/ role[n] = "FOLLOWER" /\ acks[term[n]][n] < Acknowledgeable(n)

Bounded ==
  IF HasWrites THEN Prompt
  ELSE IF \E n \in Node : HasToSay(n) THEN \E n \in Node : HasToSay(n) /\ Talk(n)
  ELSE \E n \in Node :
         \/ Remember(n)
         \/ \E index \in commit[n] + 1 .. Len(log[n]) : Commit(n, index) /\ UNCHANGED queue
         \/ ReadId # {} /\ Read(n)
         \/ n \in Frail /\ Written(n, 1)
         \/ n \in Frail /\ queue[n] # <<>> /\ Restart(n, 0)

Within ==
  /\ \A n \in Node : Len(log[n]) <= MaxLog /\ Len(queue[n]) <= MaxWrites
  /\ Cardinality(reads) <= Cardinality(ReadId)   \* each is taken on once

Symmetry == Permutations(Ambitious \ Frail)

------------------------------------------------------------------------------
(* Later beginnings, where the beginning itself is long. *)

Of(a, b, c) == (n1 :> a) @@ (n2 :> b) @@ (n3 :> c)
Entry(t) == [term |-> t, value |-> NoOp]
Leads(n, entries, counted) ==
  [node |-> n, log |-> entries, inherited |-> 0, counted |-> counted, round |-> 0]

(* All that was written is on the disks; n3 voted for whoever led. *)
Stands(terms, given, logs, leaders) ==
  /\ term = terms /\ vote = given /\ log = logs
  /\ disk = [n \in Node |-> [term |-> terms[n], vote |-> given[n], log |-> logs[n]]]
  /\ queue = [n \in Node |-> <<>>]
  /\ preAsks = {} /\ preVotes = {} /\ handOvers = {}
  /\ asks = {[term |-> t, from |-> leaders[t].node, lastIndex |-> 0, lastTerm |-> 0] :
                t \in DOMAIN leaders}
  /\ votes = {[term |-> t, from |-> n3, to |-> leaders[t].node] : t \in DOMAIN leaders}
  /\ lead = [t \in Term |-> IF t \in DOMAIN leaders THEN leaders[t] ELSE Leads(None, <<>>, 0)]
  /\ rounds = [t \in Term |-> [n \in Node |-> 0]]
  /\ asked = {} /\ reads = {} /\ grants = {}

(* Figure 8 (c) of the paper, with three nodes and no-ops: n1 led term 1 and n2 term 2, and neither *)
(* could send its entry to anybody. Now n1 leads term 3, and n3 has the entry of term 1 from it.    *)
Figure8 ==
  LET first == <<Entry(1)>>  second == <<Entry(2)>>  third == <<Entry(1), Entry(3)>>
  IN  /\ Stands(Of(3, 2, 3), Of(n1, n2, n1), Of(third, second, first),
                <<Leads(n1, first, 0), Leads(n2, second, 0), Leads(n1, third, 0)>>)
      /\ role = Of("LEADER", "FOLLOWER", "FOLLOWER")
      /\ commit = Of(0, 0, 0)
      /\ acks = [t \in Term |-> IF t = 3 THEN Of(0, 0, 1) ELSE Of(0, 0, 0)]
      /\ committed = <<>>

(* n1 leads term 1 and has committed its no-op; soon it may be cut off and not know it. *)
FirstTerm ==
  LET first == <<Entry(1)>>
  IN  /\ Stands(Of(1, 1, 1), Of(n1, None, n1), Of(first, first, first), <<Leads(n1, first, 1)>>)
      /\ role = Of("LEADER", "FOLLOWER", "FOLLOWER")
      /\ commit = Of(1, 1, 0)
      /\ acks = [t \in Term |-> IF t = 1 THEN Of(0, 1, 1) ELSE Of(0, 0, 0)]
      /\ committed = <<[entry |-> Entry(1), in |-> 1]>>
==============================================================================
