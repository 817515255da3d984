package dev.usher.sim;

import static java.util.stream.Collectors.joining;

import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.Output;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened: a hash over everything, and the last steps for people to read. The hash is made of
 * numbers only, never of {@code hashCode}, so that it is the same in every JVM.
 */
final class Trace {
  /** So many lines are kept unless more are asked for. */
  static final int TAIL = 60;

  private record Line(long timeUs, int node, Object what, Object outcome) {
    String text() {
      return "%,12d µs n%d %s -> %s".formatted(timeUs, node + 1, what, outcome);
    }
  }

  private final ArrayDeque<Line> tail = new ArrayDeque<>();
  private final int keptMax;
  private long hash = 0x9E3779B97F4A7C15L;

  /** Keeps the last so many lines. */
  Trace(int keptMax) {
    this.keptMax = keptMax;
  }

  void step(long timeUs, int node, Input input, List<Output> outputs) {
    keep(new Line(timeUs, node, input, outputs));
    mix(timeUs);
    mix(node);
    if (input instanceof Input.Received received) {
      mix(received.from().value().charAt(1));
      message(received.message());
    }
    mix(outputs.size());
    for (Output output : outputs) {
      output(output);
    }
  }

  void note(long timeUs, int node, String what) {
    keep(new Line(timeUs, node, what, ""));
    mix(timeUs);
    mix(node);
  }

  /** The last lines, for people. */
  String tail() {
    return tail.stream()
        .skip(Math.max(0, tail.size() - TAIL))
        .map(Line::text)
        .collect(joining("\n"));
  }

  /** Two runs are one when all that happened is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Trace trace && trace.hash == hash;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  /** All lines that were kept. */
  Stream<String> kept() {
    return tail.stream().map(Line::text);
  }

  private void keep(Line line) {
    if (tail.size() == keptMax) {
      tail.removeFirst();
    }
    tail.addLast(line);
  }

  private void output(Output output) {
    switch (output) {
      case Output.Send send -> {
        mix(send.to().value().charAt(1));
        message(send.message());
      }
      case Output.Persist persist -> {
        mix(persist.sequence());
        persist.hardState().ifPresent(state -> mix(state.term()));
        persist.truncateFrom().ifPresent(this::mix);
        mix(persist.entries().size());
      }
      case Output.Apply apply -> mix(apply.entries().getLast().index());
      case Output.ProposalAccepted accepted -> mix(accepted.index());
      case Output.ProposalRejected rejected -> mix(rejected.proposalId());
      case Output.ReadReady ready -> mix(ready.index());
      case Output.ReadRejected rejected -> mix(rejected.readId());
      case Output.StateChanged changed ->
          mix(changed.term() * 256 + changed.role().name().charAt(0));
      case Output.TransferAborted ignored -> mix(7);
      case Output.ConfigurationChanged changed -> mix(changed.configuration().members().size());
      case Output.MembershipAnswered answered -> mix(answered.outcome().ordinal());
      case Output.StartSnapshot start -> mix(start.lastIndex());
      case Output.DiscardSnapshot discard -> mix(discard.snapshot().lastIndex());
      case Output.ReadChunk read -> mix(read.offset());
      case Output.WriteChunk write -> mix(write.offset());
      case Output.InstallSnapshot install -> mix(install.snapshot().lastIndex());
      case Output.LogHealed ignored -> mix(8);
    }
  }

  private void message(Message message) {
    mix(message.term());
    switch (message) {
      case Message.AppendRequest append -> {
        mix(append.prevIndex());
        mix(append.entries().size());
        mix(append.leaderCommit());
        mix(append.readRound());
      }
      case Message.AppendSucceeded answer -> mix(answer.matchIndex());
      case Message.AppendRejected answer -> mix(answer.hintIndex());
      case Message.PreVoteRequest request -> mix(request.lastIndex());
      case Message.PreVoteResponse response -> mix(response.granted() ? 1 : 2);
      case Message.VoteRequest request -> mix(request.lastIndex());
      case Message.VoteResponse response -> mix(response.granted() ? 3 : 4);
      case Message.ReadIndexRequest request -> mix(request.readId());
      case Message.ReadIndexGranted granted -> mix(granted.index());
      case Message.ReadIndexRefused refused -> mix(refused.readId());
      case Message.LogEndRequest request -> mix(request.ticket());
      case Message.LogEndResponse answer -> mix(answer.lastIndex());
      case Message.TimeoutNow ignored -> mix(5);
      case Message.SnapshotChunk chunk -> mix(chunk.offset());
      case Message.SnapshotAnswer answer -> mix(answer.nextOffset());
    }
  }

  private void mix(long value) {
    long z = hash ^ (value * 0xBF58476D1CE4E5B9L);
    z = (z ^ (z >>> 29)) * 0x94D049BB133111EBL;
    hash = z ^ (z >>> 32);
  }
}
