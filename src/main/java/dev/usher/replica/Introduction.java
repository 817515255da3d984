package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.IntroduceRequest;
import dev.usher.replica.proto.peer.IntroduceResponse;
import dev.usher.replica.proto.peer.PeerServiceClient;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.grpc.GrpcClientSettings;

/**
 * What a node says of itself before it is a peer.
 *
 * @param directory of its disk
 * @param groups all that it was started with
 */
record Introduction(
    NodeId node, DirectoryId directory, MemberAddress address, SortedSet<GroupId> groups) {
  /** Asks a node who it is. */
  @FunctionalInterface
  interface Asking {
    /** Fails when nobody answers at the address, or a node that has another name or cluster. */
    CompletionStage<Introduction> ask(NodeId node, PeerAddress at, Duration timeout);
  }

  /** Over a connection of its own. */
  static Asking overGrpc(ActorSystem<?> system, PeerIdentity identity) {
    return (node, at, timeout) -> {
      PeerServiceClient client =
          PeerServiceClient.create(
              GrpcClientSettings.connectToServiceAt(at.host(), at.port(), system).withTls(false),
              system);
      return client
          .introduce(IntroduceRequest.newBuilder().setHello(identity.helloTo(node)).build())
          .toCompletableFuture()
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .thenApply(answer -> read(answer, at))
          .whenComplete(
              (answer, failed) -> {
                var unused = client.close();
              });
    };
  }

  /** IllegalArgumentException when it is no introduction. */
  private static Introduction read(IntroduceResponse wire, PeerAddress at) {
    SortedSet<GroupId> groups = new TreeSet<>();
    wire.getGroupsList().forEach(group -> groups.add(new GroupId(group)));
    return new Introduction(
        new NodeId(wire.getHello().getFromNode()),
        new DirectoryId(wire.getHello().getDirectoryId()),
        PeerIdentity.addressIn(wire.getHello()).orElseGet(() -> new MemberAddress(at, "")),
        groups);
  }
}
