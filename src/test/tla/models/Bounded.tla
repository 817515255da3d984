------------------------------ MODULE Bounded --------------------------------
(* The spec within bounds that TLC can exhaust, with three reductions that hide nothing:   *)
(*  - whoever likes campaigns, which includes all that pre-votes would permit;              *)
(*  - what may be said is said at once: the record only grows, and a longer record permits  *)
(*    whatever a shorter one does;                                                          *)
(*  - the disks of all but the frail nodes answer at once.                                  *)
EXTENDS Raft, TLC

CONSTANTS
  Frail,              \* who has a slow disk, and stops and starts again
  MaxLog, MaxWrites

AnyoneMayCampaign(n) == TRUE

Prompt == \E n \in Node \ Frail : Written(n, 1)
HasWrites == \E n \in Node \ Frail : queue[n] # <<>>

Talk(n) ==
  /\ Say(n)
  /\ <<asks, votes, acks, rounds>>' # <<asks, votes, acks, rounds>>

HasToSay(n) ==
  /\ IsHardStateDurable(n)
  /\ \/ role[n] = "CANDIDATE" /\ Position(n, term[n]) \notin asks
     \/ role[n] = "FOLLOWER" /\ vote[n] \notin {None, n}
          /\ [term |-> term[n], from |-> n, to |-> vote[n]] \notin votes
     \/ role[n] = "FOLLOWER" /\ term[n] > 0 /\ acks[term[n]][n] < Acknowledgeable(n)

Bounded ==
  IF HasWrites THEN Prompt
  ELSE IF \E n \in Node : HasToSay(n) THEN \E n \in Node : HasToSay(n) /\ Talk(n)
  ELSE \E n \in Node :
         \/ Remember(n)
         \/ \E index \in commit[n] + 1 .. Len(log[n]) : Commit(n, index) /\ UNCHANGED queue
         \/ ReadId # {} /\ Read(n)
         \/ n \in Frail /\ Fail(n)

Within ==
  \A n \in Node : Len(log[n]) <= MaxLog /\ Len(queue[n]) <= MaxWrites

Symmetry == Permutations(Node \ Frail)
==============================================================================
