package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Events of every version can be read. */
class SagaEventTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(
          "events",
          ConfigFactory.parseString("pekko.actor.provider=local")
              .withFallback(ConfigFactory.parseResources("usher-cluster.conf"))
              .withFallback(ConfigFactory.defaultReferenceUnresolved())
              .resolve());

  private static final Wanted WANTED =
      new Wanted(
          "ann", "b1", "show", List.of("a-1", "a-2"), "", "pm_1", OptionalLong.of(5000), "EUR");

  @AfterAll
  static void shutdown() {
    kit.shutdownTestKit();
  }

  @Test
  void eventsComeBackAsTheyWereWritten() {
    var price = new Wanted.Price(5000, "EUR");
    for (var event :
        List.of(
            new SagaEvent.Intended(new Intent(WANTED, price, 7, true)),
            new SagaEvent.Declined("insufficient_funds", "No."))) {
      assertThat(kit.serializationTestKit().<Object>verifySerialization(event, true))
          .isEqualTo(event);
    }
  }

  /** What version 1 wrote, without {@code interactive}; its manifest had no version. */
  @Test
  void anIntentOfVersionOneIsReadByVersionTwo() throws IOException {
    var json =
        """
        {"intent": {
          "wanted": {
            "userId": "ann", "bookingId": "b1", "eventId": "show", "seatIds": ["a-1", "a-2"],
            "holdId": "", "paymentMethodId": "pm_1", "expectedTotalMinor": 5000,
            "expectedCurrency": "EUR"},
          "price": {"totalMinor": 5000, "currency": "EUR"},
          "atMs": 7}}
        """;
    byte[] bytes = new CBORMapper().writeValueAsBytes(new ObjectMapper().readTree(json));

    assertThat(read(bytes, SagaEvent.Intended.class.getName()))
        .isEqualTo(
            new SagaEvent.Intended(new Intent(WANTED, new Wanted.Price(5000, "EUR"), 7, false)));
  }

  @Test
  void anIntentIsWrittenAsVersionTwo() {
    var event = new SagaEvent.Intended(new Intent(WANTED, new Wanted.Price(5000, "EUR"), 7, false));
    var serializer = serialization().findSerializerFor(event);

    assertThat(Serializers.manifestFor(serializer, event)).endsWith("#2");
  }

  private static Object read(byte[] bytes, String manifest) {
    var event = new SagaEvent.Intended(new Intent(WANTED, new Wanted.Price(5000, "EUR"), 7, false));
    int serializer = serialization().findSerializerFor(event).identifier();
    return serialization().deserialize(bytes, serializer, manifest).get();
  }

  private static org.apache.pekko.serialization.Serialization serialization() {
    return SerializationExtension.get(Adapter.toClassic(kit.system()));
  }
}
