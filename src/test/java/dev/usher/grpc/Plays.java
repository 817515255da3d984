package dev.usher.grpc;

import com.google.protobuf.Message;
import dev.usher.api.booking.v1.BookingService;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One house for a class of tests of the BookingService, and an event on sale for each of them. */
final class Plays implements BeforeEachCallback, AfterAllCallback {
  private static final String SERVICE = BookingService.name + "/";

  final House house = new House(NoProvider.get());
  private int count;
  private String eventId = "";

  @Override
  public void beforeEach(ExtensionContext test) {
    open(1, 4);
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    house.close();
  }

  /** From now on {@link #event} is another one, in a hall of so many rows of so many seats. */
  void open(int rows, int seatsInARow) {
    eventId = "play-" + ++count;
    house.publish(eventId, rows, seatsInARow);
  }

  String eventId() {
    return eventId;
  }

  /** The resource name of the test's event. */
  String event() {
    return "events/" + eventId;
  }

  /** The resource name of a seat of row A. */
  String seat(int number) {
    return event() + "/seats/A-" + number;
  }

  /** Calls a method of the BookingService. */
  <A extends Message> A call(String method, Message request, A answer, String token) {
    return house.client.call(SERVICE + method, request, answer, token);
  }

  /** The error that a call of the BookingService must end with. */
  ApiError refused(String method, Message request, String token) {
    return house.client.refused(SERVICE + method, request, token);
  }
}
