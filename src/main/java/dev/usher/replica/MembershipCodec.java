package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.DirectoryId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.MembershipRequest;
import dev.usher.replica.proto.peer.MembershipResponse;

/** Changes of a group's members, and what became of them, as protobuf and back. */
final class MembershipCodec {
  private MembershipCodec() {}

  static MembershipRequest encode(Frame.MembershipAsked asked) {
    MembershipRequest.Builder wire =
        MembershipRequest.newBuilder()
            .setId(asked.id())
            .setGroup(asked.group().value())
            .setNode(asked.change().node().value());
    switch (asked.change()) {
      case MembershipChange.AddLearner add ->
          wire.setChange(MembershipRequest.Change.CHANGE_ADD)
              .setDirectoryId(add.identity().directory().value())
              .setAddress(add.identity().address());
      case MembershipChange.Promote promote ->
          wire.setChange(MembershipRequest.Change.CHANGE_PROMOTE);
      case MembershipChange.Remove remove -> wire.setChange(MembershipRequest.Change.CHANGE_REMOVE);
    }
    return wire.build();
  }

  static Frame.MembershipAsked decode(MembershipRequest wire) throws MalformedFrameException {
    NodeId node = PeerCodec.node(wire.getNode());
    MembershipChange change =
        switch (wire.getChange()) {
          case CHANGE_ADD -> new MembershipChange.AddLearner(node, identity(wire));
          case CHANGE_PROMOTE -> new MembershipChange.Promote(node);
          case CHANGE_REMOVE -> new MembershipChange.Remove(node);
          case CHANGE_UNSPECIFIED, UNRECOGNIZED ->
              throw new MalformedFrameException("membership change of unknown kind");
        };
    return new Frame.MembershipAsked(wire.getId(), PeerCodec.group(wire.getGroup()), change);
  }

  private static Configuration.Identity identity(MembershipRequest wire)
      throws MalformedFrameException {
    try {
      String address = wire.getAddress();
      if (!address.isEmpty()) {
        MemberAddress.parse(address);
      }
      return new Configuration.Identity(new DirectoryId(wire.getDirectoryId()), address);
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("not a directory's id, or not an address");
    }
  }

  static MembershipResponse encode(Frame.MembershipTold told) {
    return MembershipResponse.newBuilder()
        .setId(told.id())
        .setOutcome(
            switch (told.outcome()) {
              case DONE -> MembershipResponse.Outcome.OUTCOME_DONE;
              case NOT_LEADER -> MembershipResponse.Outcome.OUTCOME_NOT_LEADER;
              case NOT_READY -> MembershipResponse.Outcome.OUTCOME_NOT_READY;
              case BUSY -> MembershipResponse.Outcome.OUTCOME_BUSY;
              case NOT_CAUGHT_UP -> MembershipResponse.Outcome.OUTCOME_NOT_CAUGHT_UP;
              case NOT_POSSIBLE -> MembershipResponse.Outcome.OUTCOME_NOT_POSSIBLE;
              case UNKNOWN -> MembershipResponse.Outcome.OUTCOME_UNKNOWN;
            })
        .build();
  }

  static Frame.MembershipTold decode(MembershipResponse wire) throws MalformedFrameException {
    return new Frame.MembershipTold(
        wire.getId(),
        switch (wire.getOutcome()) {
          case OUTCOME_DONE -> MembershipChange.Outcome.DONE;
          case OUTCOME_NOT_LEADER -> MembershipChange.Outcome.NOT_LEADER;
          case OUTCOME_NOT_READY -> MembershipChange.Outcome.NOT_READY;
          case OUTCOME_BUSY -> MembershipChange.Outcome.BUSY;
          case OUTCOME_NOT_CAUGHT_UP -> MembershipChange.Outcome.NOT_CAUGHT_UP;
          case OUTCOME_NOT_POSSIBLE -> MembershipChange.Outcome.NOT_POSSIBLE;
          case OUTCOME_UNKNOWN -> MembershipChange.Outcome.UNKNOWN;
          case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
              throw new MalformedFrameException("membership change of unknown outcome");
        });
  }
}
