------------------------------- MODULE Mutants -------------------------------
(* Rules broken on purpose: each takes the place of one of the spec's, and TLC must see the harm. *)
EXTENDS Bounded

(* For MayCount: commits entries of earlier terms by counting (figure 8). *)
CountsAnyTerm(n, index) == TRUE

(* For IsVoteFree: votes for whoever asks (§5.2). *)
VotesForEverybody(n, ask) == ask.term >= term[n]

(* For IsUpToDate: votes for a candidate whose log is behind (§5.4.1). *)
VotesForShortLogs(ask, n) == TRUE

(* For IsHardStateDurable: announces votes that a crash may undo (sofa-jraft#1241). *)
TrustsItsMemory(n) == TRUE

(* For DurableIndex: acknowledges entries that a crash may undo (etcd#14370). *)
CountsItsMemory(n) == Len(log[n])

(* For IsConfirmed: reads without asking whether somebody else leads (§8). *)
ReadsAtOnce(n, round) == TRUE
==============================================================================
