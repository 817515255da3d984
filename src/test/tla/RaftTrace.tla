------------------------------ MODULE RaftTrace ------------------------------
(* Is what a running engine did a behaviour of the spec? A trace is a sequence of events, in    *)
(* the order of the simulator. An engine step gives several: what it did to its memory, what    *)
(* it asked its disk for, what it said, and at the end what state it says it `is` in. Each must *)
(* be a step that the spec allows, so nothing depends on the trace telling the truth.           *)
(* A trace is accepted when NotDone is violated: it went through to the end.                    *)
EXTENDS Raft, TLC,
  Told   \* the traces by name: Traces. Written by dev.usher.sim.tla.Tribunal.

VARIABLES name, l \* which trace, and the event that comes next

Trace == Traces[name]

(* What the node did to its memory. *)
Remembers(n, e) ==
  CASE e.do = "adopt"    -> AdoptTerm(n, e.term)
    [] e.do = "rest"     -> Rest(n, e.role)
    [] e.do = "campaign" -> Campaign(n)
    [] e.do = "vote"     -> \E ask \in asks :
                              ask.from = e.for /\ ask.term = e.term /\ Vote(n, ask)
    [] e.do = "lead"     -> Lead(n)
    [] e.do = "propose"  -> Propose(n, e.value)
    [] e.do = "receive"  -> /\ lead[e.term].node = e.from
                            /\ Receive(n, e.term, e.prev, e.prevTerm, e.entries, e.commit)
    [] e.do = "commit"   -> Commit(n, e.index)

IsPosition(n, e) ==
  Position(n, e.term) =
    [term |-> e.term, from |-> n, lastIndex |-> e.lastIndex, lastTerm |-> e.lastTerm]

(* What it said. Grants of votes and reads, acknowledgements and rounds enter the record. *)
Says(n, e) ==
  CASE e.do = "ask pre-vote"  -> AskForPreVotes(n) /\ IsPosition(n, e)
    [] e.do = "pre-vote"      -> PreVote(n, e.to, e.term)
    [] e.do = "hand over"     -> HandOver(n, e.to)
    [] e.do = "ask vote"      -> AskForVotes(n) /\ IsPosition(n, e)
    [] e.do = "announce vote" -> AnnounceVote(n) /\ vote[n] = e.to /\ term[n] = e.term
    [] e.do = "acknowledge"   -> Acknowledge(n, e.index) /\ term[n] = e.term
    [] e.do = "confirm round" -> ConfirmRound(n, e.round) /\ term[n] = e.term
    [] e.do = "grant read"    -> \E read \in reads :
                                   read.id = e.id /\ read.index = e.index /\ GrantRead(n, read)

Reads(n, e) ==
  CASE e.do = "ask read"     -> AskRead(e.id)
    [] e.do = "take on read" -> TakeOnRead(n, e.id)
    [] e.do = "begin round"  -> BeginRound(n)

(* What changes nothing here, and must be true. *)
IsTrue(n, e) ==
  CASE e.do = "is" ->
         /\ term[n] = e.term /\ role[n] = e.role /\ commit[n] = e.commit
         /\ Len(log[n]) = e.last
         /\ e.leader # None => lead[e.term].node = e.leader
    [] e.do = "request" ->
         /\ role[n] = "LEADER" /\ term[n] = e.term
         /\ IsRequest(e.term, e.prev, e.prevTerm, e.entries, e.commit)
         /\ e.round <= lead[e.term].round
    [] e.do = "apply" ->
         /\ e.last <= Min(commit[n], DurableIndex(n))
         /\ e.entries = SubSeq(log[n], e.last - Len(e.entries) + 1, e.last)
    [] e.do = "serve read" -> [id |-> e.id, index |-> e.index] \in grants

(* Exactly this does the node ask its disk to keep. *)
Asks(n, e) ==
  /\ e.term = term[n] /\ e.vote = vote[n]
  /\ log[n] = SubSeq(LastAsked(n).log, 1, e.from - 1) \o e.entries
  /\ UNCHANGED <<memory, disk, campaign, leading, reading, committed>>
  /\ Persist(n)

Restarts(n, e) ==
  \E survivors \in 0 .. Len(queue[n]) :
    /\ Restart(n, survivors)
    /\ term'[n] = e.term /\ vote'[n] = e.vote /\ Len(log'[n]) = e.last /\ LastTerm(log'[n]) = e.lastTerm

Happens(e) ==
  CASE e.kind = "remembers" -> Remembers(e.n, e) /\ UNCHANGED queue
    [] e.kind = "says"      -> Says(e.n, e) /\ UNCHANGED queue
    [] e.kind = "reads"     -> Reads(e.n, e) /\ UNCHANGED queue
    [] e.kind = "true"      -> IsTrue(e.n, e) /\ UNCHANGED vars
    [] e.kind = "persist"   -> Asks(e.n, e)
    [] e.kind = "written"   -> Written(e.n, e.count)
    [] e.kind = "restart"   -> Restarts(e.n, e)

TraceInit == Init /\ name \in DOMAIN Traces /\ l = 1
TraceNext == l <= Len(Trace) /\ Happens(Trace[l]) /\ l' = l + 1 /\ UNCHANGED name

NotDone == l <= Len(Trace)

(* The promises, looked at whenever one is at stake: somebody leads, commits, or starts again. *)
AtStake == NotDone => Trace[l].do \in {"lead", "commit", "restart"}
KeepsPromises ==
  AtStake => /\ OneVotePerTerm /\ ElectionSafety /\ LogMatching
             /\ LeaderCompleteness /\ StateMachineSafety /\ CommittedMeansDurableOnQuorum
             /\ OwnTermByCounting /\ LinearizableReads

(* Says in TLC's output how far each trace went, and when NotDone is violated. (As an invariant *)
(* it would do the same for one trace, and print a thousand states before.)                     *)
Verdict == IF NotDone THEN PrintT(<<"reached", name, l>>) ELSE PrintT(<<"accepted", name, l>>)
==============================================================================
