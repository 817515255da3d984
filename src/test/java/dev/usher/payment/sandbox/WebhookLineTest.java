package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.sandbox.LedgerObject.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When an endpoint is told what waits for it. */
class WebhookLineTest {
  private final WebhookLine line = new WebhookLine();
  private final List<String> planned = new ArrayList<>();

  @Test
  void aHealthyEndpointIsToldManyAtOnceOldestFirst() {
    var waiting = events(20);

    assertThat(due(waiting, 0)).containsExactlyElementsOf(ids(waiting.subList(0, 16)));
    assertThat(due(waiting, 0)).isEmpty();

    line.taken(0);
    line.forget("evt-0");
    assertThat(due(waiting.subList(1, 20), 0)).containsExactly("evt-16");
  }

  @Test
  void anEndpointThatFailedLastIsToldOneAtATime() {
    var waiting = events(20);
    due(waiting, 0).forEach(id -> line.failed(id, 0));

    assertThat(due(waiting, 0)).containsExactly("evt-16");
    assertThat(due(waiting, 0)).isEmpty();
  }

  @Test
  void thePauseBeforeAnEventIsToldAgainDoubles() {
    var waiting = events(1);
    due(waiting, 0);
    line.failed("evt-0", 0);

    assertThat(due(waiting, 999)).isEmpty();
    assertThat(due(waiting, 1_000)).containsExactly("evt-0");
    line.failed("evt-0", 1_000);
    assertThat(due(waiting, 2_999)).isEmpty();
    assertThat(due(waiting, 3_000)).containsExactly("evt-0");
  }

  @Test
  void whenItTakesOneAgainAllThatWaitAreDueAtOnce() {
    var waiting = events(17);
    due(waiting, 0).forEach(id -> line.failed(id, 0));
    due(waiting, 0);
    line.taken(10);
    line.forget("evt-16");

    assertThat(due(waiting.subList(0, 16), 10)).hasSize(16);
  }

  @Test
  void whatNoLongerWaitsIsForgotten() {
    due(events(20), 0);
    planned.clear();
    due(List.of(), 0);
    due(events(20), 0);

    // Those under way are still known; the four others were planned anew.
    assertThat(planned).containsExactly("evt-16", "evt-17", "evt-18", "evt-19");
  }

  private List<String> due(List<Event> waiting, long nowMs) {
    return line
        .takeDue(
            waiting,
            event -> {
              planned.add(event.id());
              return new WebhookLine.Plan(0, 0, 1);
            },
            nowMs)
        .stream()
        .map(due -> due.event().id())
        .toList();
  }

  private static List<Event> events(int count) {
    return IntStream.range(0, count).mapToObj(WebhookLineTest::event).toList();
  }

  private static Event event(int number) {
    var intent =
        new LedgerObject.Intent(
            "pi_1",
            0,
            LedgerObject.Status.REQUIRES_CAPTURE,
            100,
            "eur",
            null,
            null,
            Map.of(),
            0,
            0,
            null,
            false,
            null);
    return new Event("evt-" + number, 0, "payment_intent.created", intent);
  }

  private static List<String> ids(List<Event> events) {
    return events.stream().map(Event::id).toList();
  }
}
