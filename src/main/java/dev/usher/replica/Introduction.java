package dev.usher.replica;

import dev.usher.raft.DirectoryId;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.replica.proto.peer.IntroduceRequest;
import dev.usher.replica.proto.peer.IntroduceResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

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
  static Asking overGrpc(PeerIdentity identity) {
    return (node, at, timeout) -> {
      ManagedChannel channel = PeerMethods.channel(at);
      CompletableFuture<IntroduceResponse> answered = new CompletableFuture<>();
      ClientCalls.asyncUnaryCall(
          channel.newCall(
              PeerMethods.INTRODUCE,
              CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)),
          IntroduceRequest.newBuilder().setHello(identity.helloTo(node)).build(),
          new StreamObserver<>() {
            @Override
            public void onNext(IntroduceResponse answer) {
              answered.complete(answer);
            }

            @Override
            public void onError(Throwable failure) {
              answered.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
          });
      return answered
          .thenApply(answer -> read(answer, at))
          .whenComplete((answer, failed) -> channel.shutdown());
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
