package dev.usher.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.usher.raft.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A small real state machine: appends every command to a list and answers with its place in it. A
 * command {@code due:MS} also sets a deadline, at which {@code rang:MS} is appended by itself.
 */
final class Ledger implements StateMachine<List<String>> {
  private final List<String> lines = new ArrayList<>();
  private OptionalLong deadlineMs = OptionalLong.empty();

  static Bytes command(String line) {
    return Bytes.wrap(line.getBytes(UTF_8));
  }

  static Proposal proposal(String requestKey, String line) {
    return new Proposal(requestKey, command(line), command(line));
  }

  static String text(Bytes bytes) {
    return new String(bytes.unsafeArray(), UTF_8);
  }

  @Override
  public Bytes apply(long index, long timeMs, Bytes command) {
    String line = text(command);
    lines.add(line);
    if (line.startsWith("due:")) {
      deadlineMs = OptionalLong.of(Long.parseLong(line.substring("due:".length())));
    }
    return command("#" + lines.size());
  }

  @Override
  public void advance(long index, long timeMs) {
    if (deadlineMs.isPresent() && deadlineMs.getAsLong() <= timeMs) {
      lines.add("rang:" + deadlineMs.getAsLong());
      deadlineMs = OptionalLong.empty();
    }
  }

  @Override
  public OptionalLong nextDeadlineMs() {
    return deadlineMs;
  }

  @Override
  public List<String> view() {
    return lines;
  }
}
