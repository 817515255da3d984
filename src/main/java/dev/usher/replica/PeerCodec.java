package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.DigestRequest;
import dev.usher.replica.proto.peer.DigestResponse;
import dev.usher.replica.proto.peer.DrainRequest;
import dev.usher.replica.proto.peer.DrainResponse;
import dev.usher.replica.proto.peer.ExchangeRequest;
import dev.usher.replica.proto.peer.ForwardedProposal;
import dev.usher.replica.proto.peer.ForwardedProposalResult;
import dev.usher.replica.proto.peer.StatusRequest;
import dev.usher.replica.proto.peer.StatusResponse;
import dev.usher.replica.proto.peer.TransferRequest;
import dev.usher.replica.proto.peer.TransferResponse;
import java.util.Optional;

/** Frames as protobuf and back. What is out of range or of unknown kind is refused as a whole. */
final class PeerCodec {
  /** Bytes of an envelope or of an answer. */
  private static final int PROPOSAL_BYTES_MAX = 8 << 20;

  private static final int DIGEST_BYTES_MAX = 64;

  private PeerCodec() {}

  static ExchangeRequest encode(Frame frame) {
    ExchangeRequest.Builder wire = ExchangeRequest.newBuilder();
    switch (frame) {
      case Frame.Raft f -> wire.setRaft(RaftMessageCodec.encode(f.group(), f.message()));
      case Frame.Proposed f ->
          wire.setProposal(
              ForwardedProposal.newBuilder()
                  .setGroup(f.group().value())
                  .setId(f.id())
                  .setEnvelope(EnvelopeCodec.view(f.envelope())));
      case Frame.Answered f -> wire.setProposalResult(answer(f));
      case Frame.StatusAsked f -> wire.setStatusRequest(StatusRequest.newBuilder().setId(f.id()));
      case Frame.StatusTold f ->
          wire.setStatusResponse(
              StatusResponse.newBuilder().setId(f.id()).setStatus(StatusCodec.encode(f.status())));
      case Frame.TransferAsked f ->
          wire.setTransferRequest(
              TransferRequest.newBuilder()
                  .setId(f.id())
                  .setGroup(f.group().value())
                  .setTarget(f.target().map(NodeId::value).orElse("")));
      case Frame.TransferTold f ->
          wire.setTransferResponse(
              TransferResponse.newBuilder().setId(f.id()).setOutcome(outcome(f.result())));
      case Frame.MembershipAsked f -> wire.setMembershipRequest(MembershipCodec.encode(f));
      case Frame.MembershipTold f -> wire.setMembershipResponse(MembershipCodec.encode(f));
      case Frame.DigestAsked f ->
          wire.setDigestRequest(
              DigestRequest.newBuilder()
                  .setId(f.id())
                  .setGroup(f.group().value())
                  .setIndex(f.index()));
      case Frame.DigestTold f ->
          wire.setDigestResponse(
              DigestResponse.newBuilder()
                  .setId(f.id())
                  .setDigest(EnvelopeCodec.view(f.digest().orElse(Bytes.EMPTY))));
      case Frame.DrainAsked f ->
          wire.setDrainRequest(DrainRequest.newBuilder().setId(f.id()).setDrain(f.drain()));
      case Frame.DrainTold f -> wire.setDrainResponse(DrainResponse.newBuilder().setId(f.id()));
    }
    return wire.build();
  }

  /** Everything but the two frames that belong to the link itself, hello and keep-alive. */
  static Frame decode(ExchangeRequest wire) throws MalformedFrameException {
    return switch (wire.getFrameCase()) {
      case RAFT ->
          new Frame.Raft(group(wire.getRaft().getGroup()), RaftMessageCodec.decode(wire.getRaft()));
      case PROPOSAL -> proposal(wire.getProposal());
      case PROPOSAL_RESULT -> answer(wire.getProposalResult());
      case STATUS_REQUEST -> new Frame.StatusAsked(wire.getStatusRequest().getId());
      case STATUS_RESPONSE ->
          new Frame.StatusTold(
              wire.getStatusResponse().getId(),
              StatusCodec.decode(wire.getStatusResponse().getStatus()));
      case TRANSFER_REQUEST -> {
        TransferRequest m = wire.getTransferRequest();
        yield new Frame.TransferAsked(
            m.getId(),
            group(m.getGroup()),
            m.getTarget().isEmpty() ? Optional.empty() : Optional.of(node(m.getTarget())));
      }
      case TRANSFER_RESPONSE ->
          new Frame.TransferTold(
              wire.getTransferResponse().getId(), result(wire.getTransferResponse().getOutcome()));
      case MEMBERSHIP_REQUEST -> MembershipCodec.decode(wire.getMembershipRequest());
      case MEMBERSHIP_RESPONSE -> MembershipCodec.decode(wire.getMembershipResponse());
      case DIGEST_REQUEST -> {
        DigestRequest m = wire.getDigestRequest();
        yield new Frame.DigestAsked(
            m.getId(), group(m.getGroup()), RaftMessageCodec.notNegative("index", m.getIndex()));
      }
      case DIGEST_RESPONSE -> digest(wire.getDigestResponse());
      case DRAIN_REQUEST ->
          new Frame.DrainAsked(wire.getDrainRequest().getId(), wire.getDrainRequest().getDrain());
      case DRAIN_RESPONSE -> new Frame.DrainTold(wire.getDrainResponse().getId());
      case HELLO -> throw new MalformedFrameException("a second hello");
      case KEEP_ALIVE, FRAME_NOT_SET -> throw new MalformedFrameException("frame of unknown kind");
    };
  }

  private static ForwardedProposalResult answer(Frame.Answered frame) {
    ForwardedProposalResult.Builder wire =
        ForwardedProposalResult.newBuilder().setGroup(frame.group().value()).setId(frame.id());
    switch (frame.fate()) {
      case Fate.Settled settled -> {
        switch (settled.outcome()) {
          case Outcome.Done done ->
              wire.setOutcome(ForwardedProposalResult.Outcome.OUTCOME_DONE)
                  .setRevision(done.revision())
                  .setResult(EnvelopeCodec.view(done.result()));
          case Outcome.Rejected rejected -> wire.setOutcome(outcome(rejected.reason()));
          case Outcome.Unknown unknown ->
              wire.setOutcome(ForwardedProposalResult.Outcome.OUTCOME_UNKNOWN);
        }
      }
      case Fate.NotLeader notLeader ->
          wire.setOutcome(ForwardedProposalResult.Outcome.OUTCOME_NOT_LEADER);
      case Fate.Overloaded overloaded ->
          wire.setOutcome(ForwardedProposalResult.Outcome.OUTCOME_OVERLOADED);
      case Fate.DiskFull diskFull ->
          wire.setOutcome(ForwardedProposalResult.Outcome.OUTCOME_DISK_FULL);
      case Fate.Lost lost -> wire.setOutcome(ForwardedProposalResult.Outcome.OUTCOME_UNKNOWN);
    }
    return wire.build();
  }

  private static ForwardedProposalResult.Outcome outcome(Outcome.Reason reason) {
    return switch (reason) {
      case NO_LEADER -> ForwardedProposalResult.Outcome.OUTCOME_NOT_LEADER;
      case OVERLOADED -> ForwardedProposalResult.Outcome.OUTCOME_OVERLOADED;
      case DISK_FULL -> ForwardedProposalResult.Outcome.OUTCOME_DISK_FULL;
      case REQUEST_ID_REUSED -> ForwardedProposalResult.Outcome.OUTCOME_REQUEST_ID_REUSED;
    };
  }

  private static Frame answer(ForwardedProposalResult wire) throws MalformedFrameException {
    Fate fate =
        switch (wire.getOutcome()) {
          case OUTCOME_DONE ->
              new Fate.Settled(
                  new Outcome.Done(
                      RaftMessageCodec.notNegative("revision", wire.getRevision()),
                      EnvelopeCodec.bytes(wire.getResult())));
          case OUTCOME_NOT_LEADER -> new Fate.NotLeader();
          case OUTCOME_OVERLOADED -> new Fate.Overloaded();
          case OUTCOME_DISK_FULL -> new Fate.DiskFull();
          case OUTCOME_UNKNOWN -> new Fate.Lost();
          case OUTCOME_REQUEST_ID_REUSED ->
              new Fate.Settled(new Outcome.Rejected(Outcome.Reason.REQUEST_ID_REUSED));
          case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
              throw new MalformedFrameException("proposal result of unknown outcome");
        };
    return new Frame.Answered(group(wire.getGroup()), wire.getId(), fate);
  }

  /** What is not an envelope must not get into a log. */
  private static Frame proposal(ForwardedProposal wire) throws MalformedFrameException {
    if (wire.getEnvelope().size() > PROPOSAL_BYTES_MAX) {
      throw new MalformedFrameException(
          "forwarded proposal of " + wire.getEnvelope().size() + " bytes");
    }
    Bytes envelope = EnvelopeCodec.bytes(wire.getEnvelope());
    try {
      if (EnvelopeCodec.decode(envelope).isEmpty()) {
        throw new MalformedFrameException("forwarded proposal that is no envelope");
      }
    } catch (Newer.NewerVersionException e) {
      throw new MalformedFrameException("forwarded proposal of a newer version");
    }
    return new Frame.Proposed(group(wire.getGroup()), wire.getId(), envelope);
  }

  private static Frame digest(DigestResponse wire) throws MalformedFrameException {
    if (wire.getDigest().size() > DIGEST_BYTES_MAX) {
      throw new MalformedFrameException("digest of " + wire.getDigest().size() + " bytes");
    }
    return new Frame.DigestTold(
        wire.getId(),
        wire.getDigest().isEmpty()
            ? Optional.empty()
            : Optional.of(EnvelopeCodec.bytes(wire.getDigest())));
  }

  private static TransferResponse.Outcome outcome(TransferResult result) {
    return switch (result) {
      case DONE -> TransferResponse.Outcome.OUTCOME_DONE;
      case ABORTED -> TransferResponse.Outcome.OUTCOME_ABORTED;
      case NO_LEADER -> TransferResponse.Outcome.OUTCOME_NOT_LEADER;
    };
  }

  private static TransferResult result(TransferResponse.Outcome wire)
      throws MalformedFrameException {
    return switch (wire) {
      case OUTCOME_DONE -> TransferResult.DONE;
      case OUTCOME_ABORTED -> TransferResult.ABORTED;
      case OUTCOME_NOT_LEADER -> TransferResult.NO_LEADER;
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedFrameException("transfer of unknown outcome");
    };
  }

  static GroupId group(String name) throws MalformedFrameException {
    try {
      return new GroupId(name);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("not a group's name");
    }
  }

  static NodeId node(String name) throws MalformedFrameException {
    try {
      return new NodeId(name);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("not a node's name");
    }
  }
}
