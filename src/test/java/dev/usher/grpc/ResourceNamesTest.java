package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {
  private final Violations violations = new Violations();

  @Test
  void aNameIsTakenApartAndPutTogether() {
    var name = ResourceNames.seat("hamlet", "stalls-A-1");
    assertThat(ResourceNames.parseInEvent(name, "seats", "name", violations))
        .isEqualTo(new ResourceNames.InEvent("hamlet", "stalls-A-1"));
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hamlet",
        "events",
        "events/",
        "events/a/b",
        "event/hamlet",
        "events/ha mlet",
        "events/ünder",
        "/events/hamlet",
        "events/hamlet/"
      })
  void anotherFormIsAViolationThatSaysTheForm(String name) {
    assertThat(ResourceNames.parse(name, "events", "parent", violations)).isEmpty();
    assertThat(Fields.of(violations)).containsExactly("parent");
  }

  @Test
  void aTicketIsTakenApartAndPutTogether() {
    var name = ResourceNames.ticket("hamlet", "b1", "stalls-A-1");
    assertThat(name).isEqualTo("events/hamlet/bookings/b1/tickets/stalls-A-1");
    assertThat(ResourceNames.parseTicket(name, "name", violations))
        .isEqualTo(new ResourceNames.OfTicket("hamlet", "b1", "stalls-A-1"));
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "events/hamlet/bookings/b1",
        "events/hamlet/bookings/b1/seats/a",
        "events/hamlet/bookings//tickets/a"
      })
  void whatIsNoTicketIsAViolationThatSaysTheForm(String name) {
    assertThat(ResourceNames.parseTicket(name, "name", violations))
        .isEqualTo(new ResourceNames.OfTicket("", "", ""));
    assertThat(catchThrowable(violations::check))
        .hasMessageContaining("events/{event}/bookings/{booking}/tickets/{ticket}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "paymentMethods/4242424242424242",
        "4242 4242 4242 4242",
        "paymentMethods/3782-822463-10005"
      })
  void aCardNumberInPlaceOfAPaymentMethodIsAViolationThatDoesNotTellIt(String name) {
    assertThat(ResourceNames.parsePaymentMethod(name, "payment_method", violations)).isEmpty();
    ResourceNames.parse(name, "events", "parent", violations);
    assertThat(Fields.of(violations)).containsExactly("payment_method", "parent");
    assertThat(catchThrowable(violations::check))
        .isInstanceOfSatisfying(
            CallException.class,
            told -> assertThat(told.status().toString()).doesNotContain("4242", "10005", "822463"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pm_1N8x22y4242", "pm_1N8x22y4242.cus_9s6XKzkNRiz8i3"})
  void aPaymentMethodIsTakenApart(String id) {
    var name = ResourceNames.paymentMethod(id);
    assertThat(ResourceNames.parsePaymentMethod(name, "name", violations)).isEqualTo(id);
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "hamlet-2026", "x1"})
  void anIdThatItsCreatorChoseIsReadable(String id) {
    ResourceNames.chosenId(id, "event_id", violations);
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hamlet", "1st", "-a", "a-", "a_b", "events/a"})
  void anotherIdIsAViolation(String id) {
    ResourceNames.chosenId(id, "event_id", violations);
    assertThat(Fields.of(violations)).containsExactly("event_id");
  }

  @Test
  void aChosenIdHasAtMost63Characters() {
    ResourceNames.chosenId("a".repeat(63), "event_id", violations);
    assertThat(violations.isEmpty()).isTrue();
    ResourceNames.chosenId("a".repeat(64), "event_id", violations);
    assertThat(Fields.of(violations)).containsExactly("event_id");
  }
}
