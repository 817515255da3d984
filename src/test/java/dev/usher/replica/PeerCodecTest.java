package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import dev.usher.replica.proto.peer.AppendRequest;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ForwardedProposal;
import dev.usher.replica.proto.peer.ForwardedProposalResult;
import dev.usher.replica.proto.peer.RaftMessage;
import dev.usher.replica.proto.peer.TransferRequest;
import dev.usher.replica.proto.peer.VoteResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerCodecTest {
  private static final GroupId GROUP = new GroupId("seats-0");
  private static final Bytes COMMAND = Ledger.command("x");

  static Stream<Frame> frames() {
    Stream<Frame> raft =
        Stream.of(
                new Message.PreVoteRequest(3, 2, 1),
                new Message.PreVoteResponse(3, 4, true),
                new Message.VoteRequest(3, 2, 1, true),
                new Message.VoteResponse(3, true),
                new Message.AppendRequest(
                    5,
                    1,
                    2,
                    List.of(
                        new Entry(4, 2, 99, Entry.Kind.NO_OP, Bytes.EMPTY),
                        new Entry(5, 3, 100, Entry.Kind.COMMAND, COMMAND)),
                    1,
                    8),
                new Message.AppendRequest(5, 0, 0, List.of(), 0, 0),
                new Message.AppendSucceeded(3, 7, 9),
                new Message.AppendRejected(3, 7, 6, 5, 9),
                new Message.ReadIndexRequest(3, -12),
                new Message.ReadIndexGranted(3, -12, 4),
                new Message.ReadIndexRefused(3, 12),
                new Message.LogEndRequest(3, -12),
                new Message.LogEndResponse(3, -12, 4),
                new Message.TimeoutNow(3))
            .map(message -> new Frame.Raft(GROUP, message));
    Stream<Frame> others =
        Stream.of(
            new Frame.Proposed(GROUP, -1, EnvelopeCodec.encode(Ledger.proposal("k", "v"))),
            new Frame.Answered(GROUP, 1, new Fate.Settled(new Outcome.Done(7, COMMAND))),
            new Frame.Answered(
                GROUP, 1, new Fate.Settled(new Outcome.Rejected(Outcome.Reason.REQUEST_ID_REUSED))),
            new Frame.Answered(GROUP, 1, new Fate.NotLeader()),
            new Frame.Answered(GROUP, 1, new Fate.Overloaded()),
            new Frame.Answered(GROUP, 1, new Fate.Lost()),
            new Frame.StatusAsked(5),
            new Frame.StatusTold(
                5,
                new NodeStatus(
                    new NodeId("node-1"),
                    List.of(
                        new GroupStatus(
                            GROUP,
                            Role.LEADER,
                            3,
                            Optional.empty(),
                            9,
                            8,
                            7,
                            Configuration.of(TestCluster.ALL)),
                        new GroupStatus(
                            GROUP,
                            Role.FOLLOWER,
                            3,
                            Optional.of(new NodeId("node-2")),
                            1,
                            1,
                            1,
                            Configuration.NONE)),
                    true,
                    new NodeFacts("pekko://usher@host:1", "Up", 12, 3))),
            new Frame.DrainAsked(5, true),
            new Frame.DrainTold(5),
            new Frame.TransferAsked(5, GROUP, Optional.empty()),
            new Frame.TransferAsked(5, GROUP, Optional.of(new NodeId("node-2"))),
            new Frame.TransferTold(5, TransferResult.ABORTED));
    return Stream.concat(raft, others);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameArrivesAsItWasSent(Frame frame) throws Exception {
    byte[] wire = PeerCodec.encode(frame).toByteArray();

    assertThat(PeerCodec.decode(ExchangeRequest.parseFrom(wire))).isEqualTo(frame);
  }

  static Stream<ExchangeRequest.Builder> malformed() {
    RaftMessage.Builder vote =
        RaftMessage.newBuilder().setVoteResponse(VoteResponse.getDefaultInstance());
    return Stream.of(
        ExchangeRequest.newBuilder(),
        ExchangeRequest.newBuilder().setRaft(vote.clone().setGroup("No Group")),
        ExchangeRequest.newBuilder().setRaft(vote.clone().setGroup("system").setTerm(-1)),
        append(5, entry(2, 5)),
        append(5, entry(1, 6)),
        append(5, entry(1, 5), entry(2, 4)),
        append(5, dev.usher.replica.proto.peer.Entry.newBuilder().setIndex(1)),
        ExchangeRequest.newBuilder()
            .setProposal(
                ForwardedProposal.newBuilder()
                    .setGroup("system")
                    .setEnvelope(ByteString.copyFrom(new byte[] {-1, 1, 2}))),
        ExchangeRequest.newBuilder()
            .setProposal(
                ForwardedProposal.newBuilder()
                    .setGroup("system")
                    .setEnvelope(ByteString.copyFrom(new byte[9 << 20]))),
        ExchangeRequest.newBuilder()
            .setProposalResult(ForwardedProposalResult.newBuilder().setGroup("system")),
        ExchangeRequest.newBuilder()
            .setTransferRequest(
                TransferRequest.newBuilder().setGroup("system").setTarget("Not A Node")));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatNoNodeSendsIsRefused(ExchangeRequest.Builder wire) {
    assertThatThrownBy(() -> PeerCodec.decode(wire.build()))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void anOversizedAppendIsRefused() {
    ByteString eightMegabytes = ByteString.copyFrom(new byte[8 << 20]);
    ExchangeRequest.Builder wire =
        append(
            1,
            entry(1, 1).setPayload(eightMegabytes),
            entry(2, 1).setPayload(eightMegabytes),
            entry(3, 1).setPayload(eightMegabytes),
            entry(4, 1).setPayload(eightMegabytes),
            entry(5, 1).setPayload(eightMegabytes));

    assertThatThrownBy(() -> PeerCodec.decode(wire.build()))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("bytes of payload");
  }

  private static ExchangeRequest.Builder append(
      long term, dev.usher.replica.proto.peer.Entry.Builder... entries) {
    AppendRequest.Builder append = AppendRequest.newBuilder();
    for (dev.usher.replica.proto.peer.Entry.Builder entry : entries) {
      append.addEntries(entry);
    }
    return ExchangeRequest.newBuilder()
        .setRaft(
            RaftMessage.newBuilder().setGroup("system").setTerm(term).setAppendRequest(append));
  }

  private static dev.usher.replica.proto.peer.Entry.Builder entry(long index, long term) {
    return dev.usher.replica.proto.peer.Entry.newBuilder()
        .setIndex(index)
        .setTerm(term)
        .setKind(dev.usher.replica.proto.peer.Entry.Kind.KIND_COMMAND);
  }
}
