package dev.usher.grpc;

import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CancelBookingRequest;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.GetBookingRequest;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.ListBookingsResponse;
import dev.usher.booking.Bookings;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.proto.BookingRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Booking seats for good. A booking is its buyer's own: for others it does not exist. */
final class BookingCalls {
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 500;

  /** Oldest first; new ones come at the end, so a page token stays good. */
  private static final Comparator<BookingRecord> BY_CREATION =
      Comparator.comparingLong(BookingRecord::getCreateTimeMillis)
          .thenComparing(BookingRecord::getBookingId);

  private final Bookings bookings;
  private final SeatGroups seats;
  private final Requests requests;

  BookingCalls(Bookings bookings, SeatGroups seats, Requests requests) {
    this.bookings = bookings;
    this.seats = seats;
    this.requests = requests;
  }

  CompletionStage<Booking> create(CreateBookingRequest in, Call call) {
    var order = order(in, call);
    return bookings.book(order, call.timeout()).thenApply(result -> told(result, call.userId()));
  }

  private static Bookings.Order order(CreateBookingRequest in, Call call) {
    var violations = new Violations();
    var eventId = ResourceNames.parse(in.getParent(), "events", "parent", violations);
    var names = in.getBooking().getSeatsList();
    if (in.getHold().isEmpty() == names.isEmpty()) {
      violations.add("hold", "give either a hold or booking.seats");
    }
    var seatIds =
        names.isEmpty()
            ? List.<String>of()
            : SeatNames.parse(names, eventId, "booking.seats", violations);
    var holdId = in.getHold().isEmpty() ? "" : hold(in.getHold(), eventId, violations);
    // Whether one is needed depends on the total, which the saga knows.
    var paymentMethod =
        in.getPaymentMethod().isEmpty()
            ? ""
            : ResourceNames.parsePaymentMethod(in.getPaymentMethod(), "payment_method", violations);
    var expected =
        in.hasExpectedTotal()
            ? Monies.parse(in.getExpectedTotal(), "expected_total", violations)
            : Optional.<Monies.Amount>empty();
    var requestId = violations.required("request_id", in.getRequestId(), Requests.LONGEST_ID);
    violations.check();
    return new Bookings.Order(
        call.token(),
        call.userId(),
        requestId,
        eventId,
        seatIds,
        holdId,
        paymentMethod,
        expected.map(amount -> OptionalLong.of(amount.minor())).orElse(OptionalLong.empty()),
        expected.map(Monies.Amount::currency).orElse(""),
        in.getInteractive());
  }

  private static String hold(String hold, String eventId, Violations violations) {
    var name = ResourceNames.parseInEvent(hold, "holds", "hold", violations);
    if (!name.eventId().isEmpty() && !name.eventId().equals(eventId)) {
      violations.add("hold", "must be a hold of " + ResourceNames.event(eventId));
    }
    return name.id();
  }

  CompletionStage<Booking> cancel(CancelBookingRequest in, Call call) {
    var violations = new Violations();
    var name = ResourceNames.parseInEvent(in.getName(), "bookings", "name", violations);
    var requestId = requests.id(in.getRequestId(), violations);
    violations.check();
    var cancellation =
        new Bookings.Cancellation(
            call.token(), call.userId(), requestId, name.eventId(), name.id());
    return bookings
        .cancel(cancellation, call.timeout())
        .thenApply(result -> told(result, call.userId()));
  }

  private static Booking told(Bookings.Result result, String userId) {
    return switch (result) {
      case Bookings.Booked booked ->
          BookingMessages.booking(booked.booking())
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "booked, but " + booked.booking().getState() + " is no such state"));
      case Bookings.Refused refused -> throw Errors.refusal(refused.refusal());
      case Bookings.PaymentUnknown unknown ->
          BookingMessages.paymentUnknown(unknown.eventId(), unknown.bookingId(), userId);
      case Bookings.Authorizing authorizing -> BookingMessages.authorizing(authorizing, userId);
      case Bookings.Unavailable not ->
          throw Errors.named(not.reason(), not.message(), Errors.RETRY_DELAY);
    };
  }

  CompletionStage<Booking> get(GetBookingRequest in, Call call) {
    var violations = new Violations();
    var name = ResourceNames.parseInEvent(in.getName(), "bookings", "name", violations);
    violations.check();
    return seats
        .of(name.eventId())
        .read(view -> view.booking(name.eventId(), name.id()), call.timeout())
        .thenApply(
            booking ->
                booking
                    .filter(b -> b.getUserId().equals(call.userId()))
                    .flatMap(BookingMessages::booking)
                    .orElseThrow(() -> Errors.notFound(in.getName())));
  }

  CompletionStage<ListBookingsResponse> list(ListBookingsRequest in, Call call) {
    var violations = new Violations();
    var eventId = ResourceNames.parse(in.getParent(), "events", "parent", violations);
    var scope = "ListBookings " + call.userId() + " " + eventId;
    var pages = new Pages(scope, PAGE_DEFAULT, PAGE_MOST);
    var window = pages.window(in.getPageSize(), in.getPageToken(), violations);
    violations.check();
    return mine(eventId, call).thenApply(all -> response(all, pages, window));
  }

  private CompletionStage<List<BookingRecord>> mine(String eventId, Call call) {
    var userId = call.userId();
    return eventId.equals(ResourceNames.ANY)
        ? AllGroups.read(seats, view -> view.bookingsOf(userId), BY_CREATION, call.timeout())
        : seats
            .of(eventId)
            .read(view -> view.bookingsOf(userId), call.timeout())
            .thenApply(
                all ->
                    all.stream()
                        .filter(booking -> booking.getEventId().equals(eventId))
                        .sorted(BY_CREATION)
                        .toList());
  }

  private static ListBookingsResponse response(
      List<BookingRecord> all, Pages pages, Pages.Window window) {
    var page =
        pages.cut(
            all,
            window,
            booking -> position(booking).compareTo(window.after()) > 0,
            BookingCalls::position);
    var response = ListBookingsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().stream()
        .flatMap(booking -> BookingMessages.booking(booking).stream())
        .forEach(response::addBookings);
    return response.build();
  }

  /** Sorts as the list does: the time has a fixed width. */
  private static String position(BookingRecord booking) {
    return String.format("%016x", booking.getCreateTimeMillis()) + booking.getBookingId();
  }
}
