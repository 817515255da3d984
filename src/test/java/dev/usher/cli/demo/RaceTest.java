package dev.usher.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.usher.api.booking.v1.Booking;
import dev.usher.cli.client.Api;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.FakeNode;
import dev.usher.cli.client.FakeNode.Answering;
import dev.usher.cli.client.UsherClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static Race.Result race(int buyers, Code code, String reason) throws IOException {
    var asked = new AtomicInteger();
    try (var node =
            FakeNode.start(
                new Answering<>(
                    Api.CREATE_BOOKING,
                    request -> {
                      if (asked.getAndIncrement() == 0) {
                        return Booking.newBuilder().setState(Booking.State.STATE_CONFIRMED).build();
                      }
                      throw FakeNode.error(code, reason, "too late");
                    }));
        var connections = new Connections(List.of(node.address()))) {
      var client = UsherClient.of(connections, Duration.ofMinutes(5));
      var crowd =
          IntStream.range(0, buyers)
              .mapToObj(i -> new Buyer("b" + i + "@example.com", client, "paymentMethods/pm_1"))
              .toList();
      return Race.run(crowd, buyer -> buyer.book("events/e", "events/e/seats/a-1"));
    }
  }

  @Test
  void theWinnerAndTheLosersAreCounted() throws IOException {
    var result = race(30, Code.FAILED_PRECONDITION, "SEAT_UNAVAILABLE");
    assertThat(result.text()).isEqualTo("1 booked, 29 refused (SEAT_UNAVAILABLE)");
    assertThat(result.booked()).hasSize(1);
    assertThat(result.refused()).containsEntry("SEAT_UNAVAILABLE", 29);
  }

  @Test
  void anErrorIsNotARefusal() throws IOException {
    var result = race(3, Code.INTERNAL, "BROKEN");
    assertThat(result.refused()).isEmpty();
    assertThat(result.failed()).hasSize(2);
    assertThat(result.text()).startsWith("1 booked, 0 refused, 2 failed: ");
  }
}
