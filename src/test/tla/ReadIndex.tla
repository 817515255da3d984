------------------------------ MODULE ReadIndex ------------------------------
(* Linearizable reads without log entries (§8, thesis §6.4): ReadIndex and       *)
(* ForwardedReads. A read is asked for on any node; a leader takes it on, at     *)
(* once or when a follower's request for it arrives, perhaps more than once.     *)
EXTENDS State

(* A client asks. The observer notes what the answer must not miss. *)
AskRead(id) ==
  /\ \A other \in asked : other.id # id
  /\ asked' = asked \cup {[id |-> id, floor |-> Len(committed)]}
  /\ UNCHANGED <<memory, disk, campaign, leading, reads, rounds, grants, committed>>

(* Until a leader has committed in its own term its commit index may be behind the group's. *)
HasCommittedInTerm(n) == lead[term[n]].counted > 0

(* The read belongs to the next round, which begins later than it was asked. *)
TakeOnRead(n, id) ==
  /\ \E read \in asked : read.id = id
  /\ role[n] = "LEADER"
  /\ HasCommittedInTerm(n)
  /\ reads' = reads \cup {[id |-> id, term |-> term[n], index |-> commit[n],
                           round |-> lead[term[n]].round + 1]}
  /\ UNCHANGED <<memory, disk, campaign, leading, asked, rounds, grants, committed>>

BeginRound(n) ==
  /\ role[n] = "LEADER"
  /\ \E read \in reads : read.term = term[n] /\ read.round > lead[term[n]].round
  /\ lead' = [lead EXCEPT ![term[n]].round = @ + 1]
  /\ UNCHANGED <<memory, disk, campaign, acks, reading, committed>>

(* A follower echoes the round of a request. Only in a durable term: one that it could forget  *)
(* would prove nothing.                                                                         *)
ConfirmRound(n, round) ==
  /\ role[n] = "FOLLOWER"
  /\ IsHardStateDurable(n)
  /\ term[n] > 0 /\ lead[term[n]].node \notin {None, n}
  /\ round <= lead[term[n]].round
  /\ rounds' = [rounds EXCEPT ![term[n]][n] = Max(@, round)]
  /\ UNCHANGED <<memory, disk, campaign, leading, asked, reads, grants, committed>>

(* A majority in the leader's term when the round began: nobody else can have led then. *)
IsConfirmed(n, round) ==
  /\ round <= lead[term[n]].round
  /\ IsQuorum({n} \cup {m \in Node : rounds[term[n]][m] >= round})

GrantRead(n, read) ==
  /\ role[n] = "LEADER"
  /\ read \in reads /\ read.term = term[n]
  /\ IsConfirmed(n, read.round)
  /\ grants' = grants \cup {[id |-> read.id, index |-> read.index]}
  /\ UNCHANGED <<memory, disk, campaign, leading, asked, reads, rounds, committed>>
==============================================================================
