package dev.usher.node;

import dev.usher.directory.DirectoryModel;
import dev.usher.directory.DirectoryView;
import dev.usher.node.membership.ClusterSettings;
import dev.usher.node.membership.ClusteredSystem;
import dev.usher.node.membership.Peers;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.log.FileDisk;
import dev.usher.replica.Belonging;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.Draining;
import dev.usher.replica.GroupDigests;
import dev.usher.replica.GroupSpec;
import dev.usher.replica.GroupState;
import dev.usher.replica.MemberAddress;
import dev.usher.replica.MemberControl;
import dev.usher.replica.NodeFacts;
import dev.usher.replica.NodeStatus;
import dev.usher.replica.PeerAddress;
import dev.usher.replica.PeerStatus;
import dev.usher.replica.Replica;
import dev.usher.replica.ReplicaNode;
import dev.usher.replica.ReplicaSettings;
import dev.usher.replica.TransferResult;
import dev.usher.seats.SeatStateMachine;
import dev.usher.seats.SeatView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** What the node stands on: the replicated groups, and who else replicates them. */
final class Ground {
  private static final Duration OPEN_WITHIN = Duration.ofMinutes(5);
  private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(1);

  private final NodeSettings settings;
  private final LongSupplier uptimeSeconds;
  private final ReplicaNode replicaNode;
  private final Replica<DirectoryView> directory;
  private final List<Replica<SeatView>> seats;
  private volatile @Nullable ClusteredSystem clustered;
  private volatile LongSupplier callsUnderWay = () -> 0;

  private Ground(
      ActorSystem<?> system,
      NodeSettings settings,
      LongSupplier uptimeSeconds,
      Consumer<Throwable> onFatal) {
    this.settings = settings;
    this.uptimeSeconds = uptimeSeconds;
    var directorySpec = new GroupSpec<DirectoryView>(new GroupId("system"), DirectoryModel::new);
    var seatSpecs =
        IntStream.range(0, settings.seatGroups()).mapToObj(SeatStateMachine::group).toList();
    var specs = new ArrayList<GroupSpec<?>>(seatSpecs);
    specs.add(directorySpec);
    this.replicaNode =
        Node.await(
            ReplicaNode.start(system, replicaSettings(settings), specs, this::facts, onFatal),
            OPEN_WITHIN,
            "the log in " + settings.dataDir());
    this.directory = replicaNode.replica(directorySpec);
    this.seats = seatSpecs.stream().map(replicaNode::replica).toList();
  }

  /** Opens the log, starts the groups, listens for peers. */
  static Ground start(
      ActorSystem<?> system,
      NodeSettings settings,
      LongSupplier uptimeSeconds,
      Consumer<Throwable> onFatal) {
    return new Ground(system, settings, uptimeSeconds, onFatal);
  }

  Replica<DirectoryView> directory() {
    return directory;
  }

  List<Replica<SeatView>> seats() {
    return seats;
  }

  List<Replica<?>> replicas() {
    var all = new ArrayList<Replica<?>>(seats);
    all.add(directory);
    return all;
  }

  NodeId self() {
    return settings.self();
  }

  FileDisk.Usage diskUsage() {
    return replicaNode.diskUsage();
  }

  /** Where the others reach this node. */
  PeerAddress peerAddress() {
    return new PeerAddress(settings.own().host(), settings.own().peerPort());
  }

  CompletionStage<NodeStatus> status() {
    return replicaNode.status();
  }

  /** Told once the clustered system exists: it is part of this node's status. */
  void membership(ClusteredSystem system) {
    clustered = system;
  }

  /** Told once the edge serves: the calls that it is answering are part of this node's status. */
  void callsUnderWay(LongSupplier calls) {
    callsUnderWay = calls;
  }

  CompletionStage<Done> stop() {
    return replicaNode.stop();
  }

  ClusterSettings clusterSettings() {
    var own = settings.own();
    return new ClusterSettings(
        settings.self(), own.host(), own.clusterPort(), settings.journalPlugin());
  }

  /** What the clustered system asks about the others. */
  Peers peers() {
    return new Peers() {
      @Override
      public CompletionStage<List<String>> clusterAddresses() {
        return replicaNode.statusOfAll().thenApply(Ground.this::addressesOfOthers);
      }

      @Override
      public boolean belongs() {
        return belonging() == Belonging.MEMBER;
      }

      @Override
      public int count() {
        return replicaNode.nodes().size();
      }

      @Override
      public boolean leads() {
        return directory.isLeader();
      }

      @Override
      public CompletionStage<Boolean> leadershipConfirmed() {
        return directory.read(view -> directory.isLeader(), CONFIRM_WITHIN);
      }
    };
  }

  ClusterControl clusterControl() {
    return new ClusterControl() {
      @Override
      public String name() {
        return settings.clusterName();
      }

      @Override
      public CompletionStage<List<NodeReport>> status(Duration timeout) {
        return replicaNode
            .statusOfAll()
            .thenApply(
                all ->
                    all.stream()
                        .map(
                            peer ->
                                new NodeReport(peer.node(), peer.clientAddress(), peer.status()))
                        .toList());
      }

      @Override
      public CompletionStage<TransferResult> transferLeadership(
          GroupId group, Optional<NodeId> target, Duration timeout) {
        return replicaNode.transferLeadership(group, target);
      }

      @Override
      public CompletionStage<GroupState> export(GroupId group, Duration timeout) {
        return replicaNode.export(group, timeout);
      }

      @Override
      public CompletionStage<GroupDigests> digests(GroupId group, Duration timeout) {
        return replicaNode.digests(group, timeout);
      }
    };
  }

  MemberControl memberControl() {
    return replicaNode.members();
  }

  Belonging belonging() {
    return replicaNode.belonging();
  }

  boolean isMember(NodeId node) {
    return replicaNode.nodes().contains(node);
  }

  Draining draining() {
    return replicaNode.draining();
  }

  private List<String> addressesOfOthers(List<PeerStatus> all) {
    return all.stream()
        .filter(peer -> !peer.node().equals(settings.self()))
        .flatMap(peer -> peer.status().stream())
        .map(status -> status.facts().clusterAddress())
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private NodeFacts facts() {
    var system = clustered;
    return system == null
        ? new NodeFacts("", "STARTING", uptimeSeconds.getAsLong(), 0)
        : new NodeFacts(
            system.address().orElse(""),
            belonging() == Belonging.OTHER_DISK ? "OTHER_DISK" : system.membership(),
            uptimeSeconds.getAsLong(),
            callsUnderWay.getAsLong());
  }

  static ReplicaSettings replicaSettings(NodeSettings settings) {
    SortedMap<NodeId, MemberAddress> peers = new TreeMap<>();
    for (var member : settings.members()) {
      var address = new PeerAddress(member.host(), member.peerPort());
      peers.put(member.id(), new MemberAddress(address, member.clientAddress()));
    }
    var founders = settings.join() ? Set.<NodeId>of() : peers.keySet();
    var standard = RaftConfig.standard(settings.self(), new TreeSet<>(founders));
    var timing = settings.raft();
    var raft =
        new RaftConfig(
                settings.self(),
                standard.voters(),
                timing.heartbeat().toMillis(),
                timing.electionTimeoutMin().toMillis(),
                timing.electionTimeoutMax().toMillis(),
                timing.maxInFlightProposals(),
                timing.maxInFlightBytes(),
                standard.maxAppendEntries(),
                standard.maxAppendBytes(),
                standard.maxInFlightAppends())
            .withSnapshots(
                new RaftConfig.Snapshots(
                    timing.snapshotEveryBytes(),
                    timing.snapshotKeepEntries(),
                    RaftConfig.Snapshots.CHUNK_BYTES_MAX));
    return new ReplicaSettings(
        settings.clusterName(),
        timing.leaseDriftPercent().map(raft::withLease).orElse(raft),
        peers,
        settings.own().host(),
        settings.dataDir().resolve("log"),
        settings.segmentBytes(),
        settings.diskHangMax());
  }
}
