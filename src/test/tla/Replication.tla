----------------------------- MODULE Replication -----------------------------
(* Entries, acknowledgements and the commit index (§5.3, §5.4.2): Leader,        *)
(* Replicator and FollowerLog. Windows, probes and hints decide what is sent     *)
(* when, never what may be believed: they have no place here.                    *)
EXTENDS State

Propose(n, value) ==
  /\ role[n] = "LEADER"
  /\ log'  = [log EXCEPT ![n] = Append(@, [term |-> term[n], value |-> value])]
  /\ lead' = [lead EXCEPT ![term[n]].log = log'[n]]
  /\ UNCHANGED <<term, vote, role, commit, disk, campaign, acks, reading, committed>>

(* What the leader of term t may have said its commit index is. *)
KnownCommit(t) == Max(lead[t].inherited, lead[t].counted)

(* An AppendRequest: any stretch of the leader's log, with any commit index it ever had. *)
IsRequest(t, prev, prevTerm, entries, leaderCommit) ==
  LET whole == lead[t].log
      last  == prev + Len(entries)
  IN  /\ lead[t].node # None
      /\ last <= Len(whole)
      /\ prevTerm = TermAt(whole, prev)
      /\ entries = SubSeq(whole, prev + 1, last)
      /\ leaderCommit <= KnownCommit(t)

(* Only a real conflict of terms truncates (akka-raft#66). *)
TakeIn(own, prev, entries) ==
  LET last   == prev + Len(entries)
      differ == {i \in prev + 1 .. last : i > Len(own) \/ own[i].term # entries[i - prev].term}
  IN  IF differ = {} THEN own
      ELSE LET first == CHOOSE i \in differ : \A j \in differ : i <= j
           IN  SubSeq(own, 1, first - 1) \o SubSeq(entries, first - prev, Len(entries))

(* What everybody would have to believe if a node's commit index became `index`. *)
Believe(n, index) ==
  committed' = IF index <= Len(committed) THEN committed
               ELSE committed \o [i \in 1 .. index - Len(committed) |->
                      [entry |-> log'[n][Len(committed) + i], in |-> term'[n]]]

(* A follower takes a request in, or refuses it when it has not (prev, prevTerm). Its commit   *)
(* index never passes what the request has compared (copycat#265).                              *)
Receive(n, t, prev, prevTerm, entries, leaderCommit) ==
  LET matches == prev <= Len(log[n]) /\ TermAt(log[n], prev) = prevTerm
  IN  /\ t >= term[n]
      /\ lead[t].node # n
      /\ IsRequest(t, prev, prevTerm, entries, leaderCommit)
      /\ term' = [term EXCEPT ![n] = t]
      /\ vote' = IF t > term[n] THEN [vote EXCEPT ![n] = None] ELSE vote
      /\ role' = [role EXCEPT ![n] = "FOLLOWER"]
      /\ IF matches
         THEN /\ log' = [log EXCEPT ![n] = TakeIn(@, prev, entries)]
              /\ commit' = [commit EXCEPT ![n] = Max(@, Min(leaderCommit, prev + Len(entries)))]
         ELSE UNCHANGED <<log, commit>>
      /\ Believe(n, commit'[n])
      /\ UNCHANGED <<disk, campaign, leading, reading>>

(* What a follower may acknowledge: the leader's log, as far as it has the same on disk. *)
Acknowledgeable(n) == Min(DurableIndex(n), Agreement(log[n], lead[term[n]].log))

Acknowledge(n, index) ==
  /\ term[n] > 0
  /\ role[n] = "FOLLOWER"
  /\ IsHardStateDurable(n)
  /\ index <= Acknowledgeable(n)
  /\ acks' = [acks EXCEPT ![term[n]][n] = Max(@, index)]
  /\ UNCHANGED <<memory, disk, campaign, lead, reading, committed>>

(* On the disks of a quorum; the leader counts itself like anybody else. *)
IsReplicated(n, index) ==
  IsQuorum({m \in Node : IF m = n THEN DurableIndex(n) >= index ELSE acks[term[n]][m] >= index})

(* Only entries of its own term does a leader commit by counting (§5.4.2, figure 8). *)
MayCount(n, index) == log[n][index].term = term[n]

Commit(n, index) ==
  /\ role[n] = "LEADER"
  /\ index > commit[n] /\ index <= Len(log[n])
  /\ IsReplicated(n, index)
  /\ MayCount(n, index)
  /\ commit' = [commit EXCEPT ![n] = index]
  /\ lead' = [lead EXCEPT ![term[n]].counted = index]
  /\ UNCHANGED <<term, vote, role, log, disk, campaign, acks, reading>>
  /\ Believe(n, index)
==============================================================================
