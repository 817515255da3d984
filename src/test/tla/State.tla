-------------------------------- MODULE State --------------------------------
(* What there is: the nodes with their memory and their disks, and the record   *)
(* of all that was ever said. The other modules say what may happen to it.      *)
(*                                                                              *)
(* There is no network. A message may be lost, repeated, overtaken and late     *)
(* without limit, so whatever was said once can be heard at any time, any       *)
(* number of times, or never. Where a later word includes an earlier one (an    *)
(* acknowledgement up to 7 includes one up to 5) only the greatest is kept.     *)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Node,     \* the voters of the group
  None,     \* no node
  MaxTerm   \* a bound, so that there are finitely many terms to speak about

Term == 1 .. MaxTerm

VARIABLES
  \* The memory of each node: dev.usher.raft.Member, RoleState and LogView.
  term, vote, role, log, commit,
  \* The disk of each node, and the writes it was asked for, oldest first: Durability.
  \* Each of both is an image [term, vote, log] of what a restart would find.
  disk, queue,
  \* What was said to win an election (Election).
  preAsks, preVotes, handOvers, asks, votes,
  \* By term: what its leader has said, and how far who acknowledged it (Replication).
  lead, acks,
  \* Reads: asked for, taken on by a leader, and granted; the rounds confirmed (ReadIndex).
  asked, reads, rounds, grants,
  \* What only an observer of all nodes at once can know: every entry that was ever
  \* committed, with the term of the leader that committed it (Safety).
  committed

memory   == <<term, vote, role, log, commit>>
storage  == <<disk, queue>>
campaign == <<preAsks, preVotes, handOvers, asks, votes>>
leading  == <<lead, acks>>
reading  == <<asked, reads, rounds, grants>>
vars     == <<memory, storage, campaign, leading, reading, committed>>

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b

(* A log is a sequence of entries [term, value]; the place before the first has term 0. *)
NoOp == 0
TermAt(entries, index) == IF index = 0 THEN 0 ELSE entries[index].term
LastTerm(entries) == TermAt(entries, Len(entries))

(* How far two logs are one. *)
Agreement(a, b) ==
  LET common == 0 .. Min(Len(a), Len(b))
      differ == {i \in common \ {0} : a[i] # b[i]}
  IN  IF a = b \/ differ = {} THEN Min(Len(a), Len(b))
      ELSE (CHOOSE i \in differ : \A j \in differ : i <= j) - 1

(* Quorum: the sets of voters of which any two overlap. *)
IsQuorum(nodes) == 2 * Cardinality(nodes) > Cardinality(Node)

------------------------------------------------------------------------------
(* The disk (Durability). *)

(* What the node has in memory at the end of a step, and would have on its disk. *)
NewImage(n) == [term |-> term'[n], vote |-> vote'[n], log |-> log'[n]]

(* One Output.Persist: ends every step that changed what must outlive a restart. *)
LastAsked(n) == IF queue[n] = <<>> THEN disk[n] ELSE queue[n][Len(queue[n])]
Persist(n) == queue' = [queue EXCEPT ![n] = Append(@, NewImage(n))]

(* Promises may be made in this term: it is on the disk, and the vote with it. *)
IsHardStateDurable(n) == disk[n].term = term[n] /\ disk[n].vote = vote[n]

(* The log is on the disk up to here, and no write that is under way takes it away: an   *)
(* (index, term) may be written, cut off and written again before the first answer comes. *)
DurableIndex(n) ==
  LET images == {disk[n].log} \cup {queue[n][i].log : i \in DOMAIN queue[n]}
      agree  == {Agreement(image, log[n]) : image \in images}
  IN  CHOOSE i \in agree : \A j \in agree : i <= j

(* Input.Persisted: the first `count` writes under way are on the disk now. *)
Written(n, count) ==
  /\ count \in DOMAIN queue[n]
  /\ disk' = [disk EXCEPT ![n] = queue[n][count]]
  /\ queue' = [queue EXCEPT ![n] = SubSeq(@, count + 1, Len(@))]
  /\ UNCHANGED <<memory, campaign, leading, reading, committed>>

(* The node stops, and starts again with what its disk holds (Recovered): of the writes    *)
(* under way, the first `survivors` got there. The commit index is never stored.           *)
Restart(n, survivors) ==
  LET found == IF survivors = 0 THEN disk[n] ELSE queue[n][survivors]
  IN  /\ survivors \in 0 .. Len(queue[n])
      /\ disk'   = [disk   EXCEPT ![n] = found]
      /\ queue'  = [queue  EXCEPT ![n] = <<>>]
      /\ term'   = [term   EXCEPT ![n] = found.term]
      /\ vote'   = [vote   EXCEPT ![n] = found.vote]
      /\ log'    = [log    EXCEPT ![n] = found.log]
      /\ role'   = [role   EXCEPT ![n] = "FOLLOWER"]
      /\ commit' = [commit EXCEPT ![n] = 0]
      /\ UNCHANGED <<campaign, leading, reading, committed>>

------------------------------------------------------------------------------
Init ==
  /\ term   = [n \in Node |-> 0]
  /\ vote   = [n \in Node |-> None]
  /\ role   = [n \in Node |-> "FOLLOWER"]
  /\ log    = [n \in Node |-> <<>>]
  /\ commit = [n \in Node |-> 0]
  /\ disk   = [n \in Node |-> [term |-> 0, vote |-> None, log |-> <<>>]]
  /\ queue  = [n \in Node |-> <<>>]
  /\ preAsks = {} /\ preVotes = {} /\ handOvers = {} /\ asks = {} /\ votes = {}
  /\ lead   = [t \in Term |->
                 [node |-> None, log |-> <<>>, inherited |-> 0, counted |-> 0, round |-> 0]]
  /\ acks   = [t \in Term |-> [n \in Node |-> 0]]
  /\ rounds = [t \in Term |-> [n \in Node |-> 0]]
  /\ asked = {} /\ reads = {} /\ grants = {}
  /\ committed = <<>>
==============================================================================
