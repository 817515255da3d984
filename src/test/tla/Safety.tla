-------------------------------- MODULE Safety -------------------------------
(* The promises (figure 3 of the paper, and those of the disk). dev.usher.sim.Safety     *)
(* checks the same on running engines.                                                    *)
EXTENDS State

(* Everybody who ever had a leader's votes: a vote announced, or a candidate's own. *)
AllVotes == votes \cup {[term |-> ask.term, from |-> ask.from, to |-> ask.from] : ask \in asks}

IsElected(n, t) == IsQuorum({v.from : v \in {v \in AllVotes : v.term = t /\ v.to = n}})

OneVotePerTerm ==
  \A a, b \in AllVotes : a.term = b.term /\ a.from = b.from => a.to = b.to

(* Not only has one node the majority's votes: nobody else leads, or led and was stopped since. *)
ElectionSafety ==
  /\ \A t \in Term : \A a, b \in Node : IsElected(a, t) /\ IsElected(b, t) => a = b
  /\ \A n \in Node : role[n] = "LEADER" => IsElected(n, term[n]) /\ lead[term[n]].node = n

LogMatching ==
  \A a, b \in Node : \A i \in 1 .. Min(Len(log[a]), Len(log[b])) :
    log[a][i].term = log[b][i].term => SubSeq(log[a], 1, i) = SubSeq(log[b], 1, i)

LeaderCompleteness ==
  \A t \in Term : lead[t].node # None =>
    \A i \in DOMAIN committed : committed[i].in < t =>
      i <= Len(lead[t].log) /\ lead[t].log[i] = committed[i].entry

StateMachineSafety ==
  \A n \in Node : commit[n] <= Len(log[n]) /\
    \A i \in 1 .. commit[n] : log[n][i] = committed[i].entry

CommittedMeansDurableOnQuorum ==
  \A i \in DOMAIN committed :
    IsQuorum({n \in Node : i <= Len(disk[n].log) /\ disk[n].log[i] = committed[i].entry})

OwnTermByCounting ==
  \A t \in Term : lead[t].counted > 0 => lead[t].log[lead[t].counted].term = t

LinearizableReads ==
  \A grant \in grants : \A read \in asked : read.id = grant.id => grant.index >= read.floor

NothingOnDiskGoesBack ==
  \A n \in Node : disk[n].term <= term[n]
==============================================================================
