package dev.usher.node;

import dev.usher.node.membership.ClusteredSystem;
import java.util.Optional;

/** Whether this node serves clients, and if not, what is missing. */
final class Readiness {
  private final Ground ground;
  private final ClusteredSystem clustered;

  Readiness(Ground ground, ClusteredSystem clustered) {
    this.ground = ground;
    this.clustered = clustered;
  }

  /** In words for a person; empty when nothing is missing. */
  Optional<String> missing() {
    return switch (ground.belonging()) {
      case WAITING ->
          Optional.of(
              "waits to be added to its cluster: bin/usher cluster add "
                  + ground.self()
                  + " "
                  + ground.peerAddress());
      case REMOVED -> Optional.of("was removed from its cluster; it may be stopped");
      case OTHER_DISK ->
          Optional.of(
              "has another disk than the cluster's logs name for "
                  + ground.self()
                  + ", and counts for nothing: bin/usher cluster remove "
                  + ground.self()
                  + ", stop it, set usher.cluster.join = true, start it with an empty data"
                  + " directory, and bin/usher cluster add "
                  + ground.self()
                  + " "
                  + ground.peerAddress());
      case MEMBER ->
          ground.draining().isOn()
              ? Optional.of("is being drained: bin/usher cluster undrain " + ground.self())
              : missingAsMember();
    };
  }

  private Optional<String> missingAsMember() {
    for (var replica : ground.replicas()) {
      if (replica.leader().isEmpty()) {
        return Optional.of(
            "group "
                + replica.group()
                + " has no leader that this node knows of; a majority of the nodes must run");
      }
    }
    return clustered.isUp()
        ? Optional.empty()
        : Optional.of("not yet in the cluster: " + clustered.membership());
  }
}
