package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.seats.proto.BookingRecord;
import dev.usher.seats.proto.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What may cross from node to node arrives as it was sent. */
class BookingMessagesTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(
          "messages",
          ConfigFactory.parseString(
                  "pekko.actor.provider=local, pekko.actor.allow-java-serialization=off")
              .withFallback(ConfigFactory.parseResources("usher-cluster.conf"))
              .withFallback(ConfigFactory.defaultReferenceUnresolved())
              .resolve());

  @AfterAll
  static void shutdown() {
    kit.shutdownTestKit();
  }

  @Test
  void anOrderArrivesWithItsTokenAndShowsItToNobody() {
    var order =
        new Bookings.Order(
            new Secret("very-secret"),
            "ann",
            "r1",
            "show",
            List.of("a-1", "a-2"),
            "",
            "pm_1",
            OptionalLong.of(5000),
            "EUR");
    var probe = kit.createTestProbe(Bookings.Result.class);
    var book = new BookingDesk.Book(order, Duration.ofMillis(1500), probe.ref());

    var arrived = kit.serializationTestKit().verifySerialization(book, true);

    assertThat(arrived.order().token().value()).isEqualTo("very-secret");
    assertThat(book.toString()).doesNotContain("very-secret");
  }

  @Test
  void resultsArriveWithTheirRecords() {
    var booking = BookingRecord.newBuilder().setBookingId("b1").setTotalMinor(2500).build();
    var refusal = Refusal.newBuilder().setReason("SEAT_UNAVAILABLE").build();

    for (var result :
        List.of(
            new Bookings.Booked(booking),
            new Bookings.Refused(refusal),
            new Bookings.PaymentUnknown("show", "b1"),
            new Bookings.Unavailable("NO_LEADER", "Try again."))) {
      assertThat(kit.serializationTestKit().<Object>verifySerialization(result, true))
          .isEqualTo(result);
    }
    kit.serializationTestKit().verifySerialization(new BookingDesk.Stop(), true);
  }
}
