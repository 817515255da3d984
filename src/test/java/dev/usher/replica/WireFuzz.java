package dev.usher.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.ConfigurationText;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.SnapshotMeta;
import dev.usher.replica.proto.peer.ExchangeRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Bytes that no peer sends, for the wire's codec: random ones, and real frames with some bytes
 * changed, cut off or doubled. Each is either a frame, which must survive the way back, or refused
 * with one of the two exceptions that are meant for it.
 *
 * <p>{@code WireFuzz COUNT} runs as many as you like.
 */
public final class WireFuzz {
  private static final GroupId GROUP = new GroupId("seats-0");
  private static final NodeId NODE = new NodeId("node-1");

  private final SplittableRandom random;
  private final List<byte[]> real;
  private long accepted;
  private long refused;

  WireFuzz(long seed) {
    random = new SplittableRandom(seed);
    real = frames().stream().map(frame -> PeerCodec.encode(frame).toByteArray()).toList();
  }

  /** Prints what became of them. */
  public static void main(String[] args) {
    long count = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
    WireFuzz fuzz = new WireFuzz(1);
    fuzz.run(count);
    System.out.println("wire: inputs=" + count + " " + fuzz);
  }

  void run(long count) {
    for (long i = 0; i < count; i++) {
      one(random.nextInt(8) == 0 ? noise() : mutated());
    }
  }

  private void one(byte[] bytes) {
    try {
      Frame frame = PeerCodec.decode(ExchangeRequest.parseFrom(bytes));
      Frame again = PeerCodec.decode(PeerCodec.encode(frame));
      if (!again.equals(frame)) {
        throw new AssertionError("another frame after the way back: " + frame + ", " + again);
      }
      accepted++;
    } catch (MalformedFrameException | InvalidProtocolBufferException e) {
      refused++;
    }
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] mutated() {
    byte[] bytes = real.get(random.nextInt(real.size())).clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] ^ 1 << random.nextInt(8));
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 8)) : bytes;
  }

  private static List<Frame> frames() {
    Configuration members = Configuration.of(new TreeSet<>(List.of(NODE, new NodeId("node-2"))));
    Entry entry = new Entry(3, 8, 1000, Entry.Kind.COMMAND, Bytes.wrap(new byte[40]));
    Entry configuration =
        new Entry(3, 9, 1000, Entry.Kind.CONFIGURATION, ConfigurationText.encode(members));
    SnapshotMeta snapshot = new SnapshotMeta(GROUP, 70, 3, 1000, members, 5000, 77);
    return List.of(
        raft(new Message.VoteRequest(4, 9, 3, true)),
        raft(new Message.PreVoteResponse(4, 5, true)),
        raft(new Message.AppendRequest(3, 7, 3, List.of(entry, configuration), 7, 2)),
        raft(new Message.AppendRejected(3, 7, 5, 2, 1)),
        raft(new Message.ReadIndexGranted(3, 12, 9)),
        raft(new Message.LogEndRequest(3, 12)),
        raft(new Message.LogEndResponse(3, 12, 9)),
        raft(new Message.SnapshotChunk(3, snapshot, 100, Bytes.wrap(new byte[64]), 5)),
        raft(new Message.SnapshotAnswer(3, 70, 164)),
        new Frame.Proposed(GROUP, 5, EnvelopeCodec.encode(Ledger.proposal("key", "line"))),
        new Frame.Answered(
            GROUP, 5, new Fate.Settled(new Outcome.Done(9, Bytes.wrap(new byte[20])))),
        new Frame.StatusTold(
            5, new NodeStatus(NODE, List.of(), true, new NodeFacts("address", "Up", 7, 8))),
        new Frame.TransferAsked(5, GROUP, Optional.of(NODE)),
        new Frame.MembershipAsked(
            5, GROUP, new MembershipChange.AddLearner(NODE, Configuration.Identity.UNKNOWN)),
        new Frame.MembershipTold(5, MembershipChange.Outcome.BUSY),
        new Frame.DigestTold(5, Optional.of(Bytes.wrap(new byte[32]))));
  }

  private static Frame raft(Message message) {
    return new Frame.Raft(GROUP, message);
  }

  @Override
  public String toString() {
    return "accepted=" + accepted + " refused=" + refused;
  }
}
