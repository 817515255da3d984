-------------------------------- MODULE Raft ---------------------------------
(* The engine as a whole: which steps there are. A step that changed what must   *)
(* outlive a restart asks the disk for it; nobody waits for the disk but those    *)
(* rules that say so.                                                             *)
EXTENDS Election, Replication, ReadIndex, Safety

CONSTANTS
  Value,   \* what clients propose
  ReadId   \* the reads they ask for

(* RaftCore.finishStep: what changed is written, all of it at once. *)
PersistWhatChanged(n) ==
  IF NewImage(n) = LastAsked(n) THEN UNCHANGED queue ELSE Persist(n)

Requests(t) ==
  IF lead[t].node = None THEN {}
  ELSE [prev : 0 .. Len(lead[t].log), last : 0 .. Len(lead[t].log), commit : 0 .. KnownCommit(t)]

(* Terms that others may have spoken of. *)
HeardOf(n) == {term[m] : m \in Node}

Remember(n) ==
  /\ \/ Campaign(n)
     \/ \E ask \in asks : Vote(n, ask)
     \/ \E t \in HeardOf(n) : AdoptTerm(n, t)
     \/ Lead(n)
     \/ \E value \in Value : Propose(n, value)
     \/ \E t \in Term : t >= term[n] /\ \E request \in Requests(t) :
          Receive(n, t, request.prev, TermAt(lead[t].log, request.prev),
                  SubSeq(lead[t].log, request.prev + 1, request.last), request.commit)
  /\ PersistWhatChanged(n)

(* What keeps the peace and decides when somebody campaigns. Safety does not need it. *)
KeepPeace(n) ==
  /\ \/ AskForPreVotes(n)
     \/ \E ask \in preAsks : PreVote(n, ask.from, ask.term)
     \/ \E to \in Node : HandOver(n, to)
     \/ \E as \in {"FOLLOWER", "PRE_CANDIDATE"} : Rest(n, as)
  /\ UNCHANGED queue

Say(n) ==
  /\ \/ AskForVotes(n)
     \/ AnnounceVote(n)
     \/ role[n] = "FOLLOWER" /\ term[n] > 0 /\ Acknowledge(n, Acknowledgeable(n))
     \/ \E index \in 1 .. Len(log[n]) : Commit(n, index)
  /\ UNCHANGED queue

Read(n) ==
  /\ \/ \E id \in ReadId : AskRead(id) \/ TakeOnRead(n, id)
     \/ BeginRound(n)
     \/ term[n] > 0 /\ ConfirmRound(n, lead[term[n]].round)
     \/ \E read \in reads : GrantRead(n, read)
  /\ UNCHANGED queue

Fail(n) ==
  \/ \E count \in DOMAIN queue[n] : Written(n, count)
  \/ \E survivors \in 0 .. Len(queue[n]) : Restart(n, survivors)

Step(n) == Remember(n) \/ Say(n) \/ Read(n) \/ Fail(n)
Next == \E n \in Node : Step(n) \/ KeepPeace(n)

Spec == Init /\ [][Next]_vars
==============================================================================
