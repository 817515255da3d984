package dev.usher.node.membership;

import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** One life of the clustered actor system. */
record Incarnation(ActorSystem<Void> system, Cluster cluster) {
  /**
   * Starts the actor system and binds its port.
   *
   * @throws IllegalStateException when the port can't be bound
   */
  static Incarnation start(ClusterSettings settings, Setup setup) {
    try {
      ActorSystem<Void> system =
          ActorSystem.create(
              Behaviors.empty(),
              ClusterSettings.SYSTEM_NAME,
              ActorSystemSetup.create(BootstrapSetup.create(settings.toConfig()), setup));
      return new Incarnation(system, Cluster.get(system));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the cluster port "
              + settings.host()
              + ':'
              + settings.port()
              + " of "
              + settings.node()
              + " can't be used; is another process on it?",
          e);
    }
  }

  MemberStatus status() {
    return cluster.selfMember().status();
  }

  boolean isUp() {
    return !cluster.isTerminated() && status().equals(MemberStatus.up());
  }

  /** Before it joined, a member is "removed". */
  boolean isOutside() {
    return status().equals(MemberStatus.removed());
  }

  boolean isLost() {
    return cluster.isTerminated()
        || status().equals(MemberStatus.down())
        || status().equals(MemberStatus.removed());
  }

  void join(String address) {
    cluster.manager().tell(Join.create(AddressFromURIString.parse(address)));
  }

  /** The addresses of all members, this one included. */
  Set<String> members() {
    Set<String> addresses = new HashSet<>();
    cluster.state().getMembers().forEach(member -> addresses.add(member.address().toString()));
    return addresses;
  }
}
