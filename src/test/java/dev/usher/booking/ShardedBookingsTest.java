package dev.usher.booking;

import static dev.usher.booking.BookingSagaTest.stateOf;
import static dev.usher.booking.House.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.usher.booking.Bookings.Unavailable;
import dev.usher.journal.JournalSetup;
import dev.usher.seats.proto.BookingRecord.State;
import dev.usher.shards.HomeShards;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bookings through real sharding, on a cluster of one. */
class ShardedBookingsTest {
  private static final ActorTestKit local = ActorTestKit.create();
  private static final House house = new House(local).buyer("ann").buyer("bob");
  private static final ActorTestKit cluster =
      ActorTestKit.create(
          ActorSystem.create(
              Behaviors.empty(),
              "usher-cluster",
              ActorSystemSetup.create(
                  BootstrapSetup.create(clusterConfig()), new JournalSetup(house.directory))));

  private static final AtomicReference<HomeShards<BookingDesk.Command>> shards =
      new AtomicReference<>();

  private final Bookings bookings =
      new ShardedBookings(local.system(), () -> Optional.ofNullable(shards.get()), house.share);

  private static Config clusterConfig() {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname",
                "127.0.0.1",
                "pekko.remote.artery.canonical.port",
                0,
                "pekko.cluster.roles",
                List.of(HomeShards.roleOf(House.HERE))))
        .withFallback(ConfigFactory.parseResources("usher-cluster.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  @BeforeAll
  static void join() {
    var member = Cluster.get(cluster.system());
    member.manager().tell(Join.create(member.selfMember().address()));
    shards.set(
        HomeShards.init(
            cluster.system(),
            BookingDesk.KEY,
            House.HERE,
            new BookingDesk.Stop(),
            (id, shard) -> BookingDesk.create(shard, HomeShards.rest(id), house.share)));
  }

  @AfterAll
  static void shutdown() {
    cluster.shutdownTestKit();
    house.close();
    local.shutdownTestKit();
  }

  @Test
  void aBookingGoesThroughItsHomeShard() {
    var result = House.await(bookings.book(order("ann", "r1", "a-1"), House.PATIENCE));

    assertThat(stateOf(result)).isEqualTo(State.STATE_CONFIRMED);
    assertThat(House.await(bookings.book(order("ann", "r1", "a-1"), House.PATIENCE)))
        .isEqualTo(result);
  }

  @Test
  void aBookingThatEndedWithoutAFinalAnswerIsAskedForAgain() {
    house.bank.next(Bank.Verb.CAPTURE, Bank.Fault.NOT_DONE);

    var first = House.await(bookings.book(order("bob", "r1", "a-2"), House.PATIENCE));
    var second = House.await(bookings.book(order("bob", "r1", "a-2"), House.PATIENCE));

    assertThat(stateOf(first)).isEqualTo(State.STATE_COMMITTED);
    assertThat(stateOf(second)).isEqualTo(State.STATE_CONFIRMED);
  }

  @Test
  void outsideOfAClusterTheNodeIsNotReady() {
    var outside = new ShardedBookings(local.system(), Optional::empty, house.share);

    var result = House.await(outside.book(order("ann", "r9", "a-5"), Duration.ofMillis(100)));

    assertThat(result).isInstanceOf(Unavailable.class);
    assertThat(((Unavailable) result).reason()).isEqualTo("NOT_READY");
  }
}
