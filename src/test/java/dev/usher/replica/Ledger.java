package dev.usher.replica;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.usher.raft.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A small real state machine: appends every command to a list and answers with its place in it. A
 * command {@code due:MS} also sets a deadline, at which {@code rang:MS} is appended by itself.
 */
class Ledger implements StateMachine<List<String>> {
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

  /** The deadline, then a piece for each line. */
  @Override
  public Iterator<Bytes> snapshot() {
    List<String> pieces = new ArrayList<>(List.of(Long.toString(deadlineMs.orElse(0))));
    pieces.addAll(lines);
    return pieces.stream().map(Ledger::command).iterator();
  }

  @Override
  public void restore(Iterator<Bytes> pieces) {
    long deadline = Long.parseLong(text(pieces.next()));
    deadlineMs = deadline == 0 ? OptionalLong.empty() : OptionalLong.of(deadline);
    lines.clear();
    pieces.forEachRemaining(line -> lines.add(text(line)));
  }

  @Override
  public Bytes digest() {
    StateDigest digest = new StateDigest().add(deadlineMs.orElse(0));
    lines.forEach(digest::add);
    return digest.finish();
  }

  @Override
  public List<String> view() {
    return lines;
  }
}
