------------------------------- MODULE Members --------------------------------
(* Changes of the members by joint consensus (§6, thesis §4.3), by themselves: Configuration,    *)
(* Membership and Reconfiguration. Elections and the taking in of an entry are one step each, all *)
(* disks are at once; what Raft.tla says of those is not said again. Every entry names the         *)
(* configuration that is in effect from it on, committed or not: [term, old, new], where old is    *)
(* empty unless it is joint.                                                                       *)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  n1, n2, n3,        \* the nodes
  MaxTerm, MaxLog    \* bounds

VARIABLES
  term, log,         \* of each node
  leads,             \* by term: whoever was elected
  committed          \* every entry that was ever committed: [index, entry, in]

vars == <<term, log, leads, committed>>
Node == {n1, n2, n3}
Term == 1 .. MaxTerm

Last(entries) == entries[Len(entries)]
Members(n) == Last(log[n]).old \cup Last(log[n]).new

IsMajority(nodes, of) == 2 * Cardinality(nodes \cap of) > Cardinality(of)

(* Both halves of a joint configuration. *)
Elects(nodes, c) == IsMajority(nodes, c.new) /\ (c.old # {} => IsMajority(nodes, c.old))
Commits(nodes, c) == IsMajority(nodes, c.new) /\ (c.old # {} => IsMajority(nodes, c.old))

IsUpToDate(own, other) ==
  \/ Last(own).term > Last(other).term
  \/ Last(own).term = Last(other).term /\ Len(own) >= Len(other)

IsLeader(n) == n \in leads[term[n]]
Add(n, entry) == Len(log[n]) < MaxLog /\ log' = [log EXCEPT ![n] = Append(@, entry)]
With(n, old, new) == Add(n, [term |-> term[n], old |-> old, new |-> new])

(* With the votes of `others`; the no-op of the term is its first entry. *)
Elect(n, t, others) ==
  /\ n \in Members(n) /\ others \subseteq Members(n) \ {n}
  /\ \A m \in others \cup {n} : term[m] < t
  /\ \A m \in others : IsUpToDate(log[n], log[m])
  /\ Elects(others \cup {n}, Last(log[n]))
  /\ term' = [m \in Node |-> IF m \in others \cup {n} THEN t ELSE term[m]]
  /\ leads' = [leads EXCEPT ![t] = @ \cup {n}]
  /\ Add(n, [term |-> t, old |-> Last(log[n]).old, new |-> Last(log[n]).new])
  /\ UNCHANGED committed

Agreement(a, b) ==
  LET same == {i \in 1 .. Len(a) : i <= Len(b) /\ a[i] = b[i]}
  IN  CHOOSE i \in same \cup {0} : \A j \in same : j <= i

(* One entry; a conflict is cut off, and the configuration that stood there with it. *)
Replicate(n, to) ==
  LET same == Agreement(log[n], log[to])
  IN  /\ IsLeader(n) /\ to # n /\ term[to] <= term[n]
      /\ same < Len(log[n])
      /\ log' = [log EXCEPT ![to] = SubSeq(log[n], 1, same + 1)]
      /\ term' = [term EXCEPT ![to] = term[n]]
      /\ UNCHANGED <<leads, committed>>

Holders(n, index) ==
  {m \in Node : term[m] = term[n] /\ Len(log[m]) >= index /\ log[m][index] = log[n][index]}

Commit(n, index) ==
  /\ IsLeader(n) /\ log[n][index].term = term[n]
  /\ Commits(Holders(n, index), Last(log[n]))
  /\ committed' = committed \cup {[index |-> i, entry |-> log[n][i], in |-> term[n]] : i \in 1 .. index}
  /\ committed' # committed
  /\ UNCHANGED <<term, log, leads>>

(* All that the leader has is committed, and something of its own term with it (Ongaro 2015). *)
IsSettled(n) ==
  Last(log[n]).term = term[n] /\
    [index |-> Len(log[n]), entry |-> Last(log[n]), in |-> term[n]] \in committed

Begin(n, new) == With(n, Last(log[n]).new, new)

Change(n, new) ==
  /\ IsLeader(n) /\ IsSettled(n)
  /\ Last(log[n]).old = {} /\ new # Last(log[n]).new
  /\ Begin(n, new)
  /\ UNCHANGED <<term, leads, committed>>

Settle(n) ==
  /\ IsLeader(n) /\ IsSettled(n) /\ Last(log[n]).old # {}
  /\ With(n, {}, Last(log[n]).new)
  /\ UNCHANGED <<term, leads, committed>>

First == [term |-> 1, old |-> {}, new |-> Node]
Init ==
  /\ term = [n \in Node |-> 1]
  /\ log = [n \in Node |-> <<First>>]
  /\ leads = [t \in Term |-> IF t = 1 THEN {n1} ELSE {}]
  /\ committed = {[index |-> 1, entry |-> First, in |-> 1]}

Next ==
  \E n \in Node :
    \/ \E t \in Term, others \in SUBSET Node : Elect(n, t, others)
    \/ \E to \in Node : Replicate(n, to)
    \/ \E index \in 2 .. Len(log[n]) : Commit(n, index)
    \/ \E new \in SUBSET Node \ {{}} : Change(n, new)
    \/ Settle(n)

Symmetry == Permutations({n2, n3})

------------------------------------------------------------------------------
ElectionSafety == \A t \in Term : Cardinality(leads[t]) <= 1

LeaderCompleteness ==
  \A n \in Node : IsLeader(n) =>
    \A c \in committed : c.in < term[n] =>
      c.index <= Len(log[n]) /\ log[n][c.index] = c.entry

StateMachineSafety ==
  \A a, b \in committed : a.index = b.index => a.entry = b.entry

------------------------------------------------------------------------------
(* Rules broken on purpose. *)

(* For Elects, and for Commits: the new half alone. *)
AsksTheNewHalfAlone(nodes, c) == IsMajority(nodes, c.new)

(* For Begin: the new configuration at once. *)
ChangesAtOnce(n, new) == With(n, {}, new)
==============================================================================
