------------------------------ MODULE Election -------------------------------
(* Terms, votes and leaders (§5.2, §5.4.1): Voting, PreCandidate, Candidate and  *)
(* the voter's half of Follower. Leader stickiness is a matter of time and of    *)
(* peace, not of safety: here a vote may be given when the engine would not.     *)
EXTENDS State

(* A newer term was heard of, in any message. Whoever adopts one makes no promise by it, so it *)
(* does not matter here who spoke of it first.                                                  *)
AdoptTerm(n, t) ==
  /\ t > term[n]
  /\ term' = [term EXCEPT ![n] = t]
  /\ vote' = [vote EXCEPT ![n] = None]
  /\ role' = [role EXCEPT ![n] = "FOLLOWER"]
  /\ UNCHANGED <<log, commit, disk, campaign, leading, reading, committed>>

(* Gives up leading or standing (check-quorum, a stuck disk), or asks around before it         *)
(* campaigns. No promise depends on it.                                                        *)
Rest(n, as) ==
  /\ as = "FOLLOWER" \/ (as = "PRE_CANDIDATE" /\ role[n] # "LEADER")
  /\ role' = [role EXCEPT ![n] = as]
  /\ UNCHANGED <<term, vote, log, commit, disk, campaign, leading, reading, committed>>

IsUpToDate(ask, n) ==
  \/ ask.lastTerm > LastTerm(log[n])
  \/ ask.lastTerm = LastTerm(log[n]) /\ ask.lastIndex >= Len(log[n])

(* One vote in a term: free, or given to the same candidate before. *)
IsVoteFree(n, ask) ==
  \/ ask.term > term[n]
  \/ ask.term = term[n] /\ vote[n] \in {None, ask.from}

Position(n, t) ==
  [term |-> t, from |-> n, lastIndex |-> Len(log[n]), lastTerm |-> LastTerm(log[n])]

------------------------------------------------------------------------------
(* Pre-vote (thesis §9.6) changes nobody's term and nobody's disk. *)

AskForPreVotes(n) ==
  /\ role[n] = "PRE_CANDIDATE"
  /\ preAsks' = preAsks \cup {Position(n, term[n] + 1)}
  /\ UNCHANGED <<memory, disk, preVotes, handOvers, asks, votes, leading, reading, committed>>

PreVote(n, candidate, t) ==
  /\ \E ask \in preAsks : /\ ask.from = candidate /\ ask.term = t /\ candidate # n
                          /\ IsVoteFree(n, ask) /\ IsUpToDate(ask, n)
  /\ preVotes' = preVotes \cup {[term |-> t, from |-> n, to |-> candidate]}
  /\ UNCHANGED <<memory, disk, preAsks, handOvers, asks, votes, leading, reading, committed>>

HasPreVotes(n) ==
  IsQuorum({n} \cup {v.from : v \in {v \in preVotes : v.term = term[n] + 1 /\ v.to = n}})

(* Leadership transfer (thesis §3.10): the leader tells another to campaign at once. *)
HandOver(n, to) ==
  /\ role[n] = "LEADER" /\ to # n
  /\ handOvers' = handOvers \cup {[term |-> term[n], to |-> to]}
  /\ UNCHANGED <<memory, disk, preAsks, preVotes, asks, votes, leading, reading, committed>>

MayCampaign(n) ==
  \/ role[n] = "PRE_CANDIDATE" /\ HasPreVotes(n)
  \/ role[n] \in {"FOLLOWER", "PRE_CANDIDATE"} /\ [term |-> term[n], to |-> n] \in handOvers

------------------------------------------------------------------------------
(* A term of its own, with its vote for itself. *)
Campaign(n) ==
  /\ MayCampaign(n)
  /\ term[n] < MaxTerm
  /\ term' = [term EXCEPT ![n] = @ + 1]
  /\ vote' = [vote EXCEPT ![n] = n]
  /\ role' = [role EXCEPT ![n] = "CANDIDATE"]
  /\ UNCHANGED <<log, commit, disk, campaign, leading, reading, committed>>

(* Nobody is asked before the candidate's vote for itself is durable. *)
AskForVotes(n) ==
  /\ role[n] = "CANDIDATE"
  /\ IsHardStateDurable(n)
  /\ asks' = asks \cup {Position(n, term[n])}
  /\ UNCHANGED <<memory, disk, preAsks, preVotes, handOvers, votes, leading, reading, committed>>

Vote(n, ask) ==
  /\ ask \in asks /\ ask.from # n
  /\ ask.term >= term[n]
  /\ IsVoteFree(n, ask) /\ IsUpToDate(ask, n)
  /\ term' = [term EXCEPT ![n] = ask.term]
  /\ vote' = [vote EXCEPT ![n] = ask.from]
  /\ role' = [role EXCEPT ![n] = "FOLLOWER"]
  /\ UNCHANGED <<log, commit, disk, campaign, leading, reading, committed>>

(* A vote is announced once it is durable, never before. *)
AnnounceVote(n) ==
  /\ role[n] = "FOLLOWER"
  /\ vote[n] \notin {None, n}
  /\ IsHardStateDurable(n)
  /\ votes' = votes \cup {[term |-> term[n], from |-> n, to |-> vote[n]]}
  /\ UNCHANGED <<memory, disk, preAsks, preVotes, handOvers, asks, leading, reading, committed>>

VotersFor(n) == {n} \cup {v.from : v \in {v \in votes : v.term = term[n] /\ v.to = n}}

(* A no-op opens the term (§8). *)
Lead(n) ==
  /\ role[n] = "CANDIDATE"
  /\ IsHardStateDurable(n)
  /\ IsQuorum(VotersFor(n))
  /\ role' = [role EXCEPT ![n] = "LEADER"]
  /\ log'  = [log EXCEPT ![n] = Append(@, [term |-> term[n], value |-> NoOp])]
  /\ lead' = [lead EXCEPT ![term[n]] =
                [node |-> n, log |-> log'[n], inherited |-> commit[n], counted |-> 0, round |-> 0]]
  /\ UNCHANGED <<term, vote, commit, disk, campaign, acks, reading, committed>>
==============================================================================
