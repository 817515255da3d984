package dev.usher.booking;

import dev.usher.payment.PaymentProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A payment provider in memory that does what it is told to do wrong: lose an answer after or
 * before it did the thing, or wait. It keeps its promises otherwise: idempotent by booking.
 */
final class Bank implements PaymentProvider {
  enum Verb {
    AUTHORIZE,
    CAPTURE,
    VOID,
    REFUND
  }

  enum Fault {
    DONE_BUT_UNANSWERED,
    NOT_DONE
  }

  static final String DECLINED_CARD = "pm_declined";

  static final String PAGE = "https://issuer.example/3ds";

  /** Wants its buyer on a page. */
  static final String THREE_D_SECURE_CARD = "pm_3ds";

  /**
   * What was asked for, and how many seat commands were in the log by then.
   *
   * @param commandsBefore in the seat log when the bank was asked
   */
  record Call(Verb verb, String bookingId, int commandsBefore) {}

  private final Supplier<Integer> seatCommands;
  private final Map<String, Payment> payments = new LinkedHashMap<>();
  private final Map<String, AuthorizeOutcome> outcomes = new LinkedHashMap<>();
  private final Map<String, Authorization> keys = new LinkedHashMap<>();
  private final Map<Verb, Deque<Fault>> faults = new EnumMap<>(Verb.class);
  private final List<Call> calls = new ArrayList<>();
  private final List<Runnable> heldLookups = new ArrayList<>();
  private boolean lookupsHeldBack;
  private int holdBackUntil;
  private final List<Runnable> heldBack = new ArrayList<>();

  Bank(Supplier<Integer> seatCommands) {
    this.seatCommands = seatCommands;
  }

  /** The next calls of this kind go wrong like that. */
  synchronized void next(Verb verb, Fault... coming) {
    faults.computeIfAbsent(verb, key -> new ArrayDeque<>()).addAll(List.of(coming));
  }

  /** Authorizations are answered only when so many are there: a race, made certain. */
  synchronized void answerAuthorizationsTogether(int count) {
    holdBackUntil = count;
  }

  /** Questions about payments are answered later, all at once, with what was true when asked. */
  synchronized void holdBackLookups(boolean hold) {
    lookupsHeldBack = hold;
    if (!hold) {
      heldLookups.forEach(Runnable::run);
      heldLookups.clear();
    }
  }

  /** Questions about payments whose answers are held back. */
  synchronized int heldLookups() {
    return heldLookups.size();
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  synchronized List<Payment> payments() {
    return List.copyOf(payments.values());
  }

  synchronized long count(PaymentState state) {
    return payments.values().stream().filter(payment -> payment.state() == state).count();
  }

  synchronized int count(Verb verb) {
    return (int) calls.stream().filter(call -> call.verb() == verb).count();
  }

  @Override
  public synchronized CompletionStage<AuthorizeOutcome> authorize(Authorization wanted) {
    var fault = begin(Verb.AUTHORIZE, wanted.bookingId());
    if (fault.equals(Optional.of(Fault.NOT_DONE))) {
      return done(new Unanswered("told not to"));
    }
    var key = wanted.bookingId() + "/" + wanted.attempt();
    if (!sameMoney(wanted, keys.computeIfAbsent(key, first -> wanted))) {
      return done(new Unanswered("idempotency_error"));
    }
    var outcome = outcomes.computeIfAbsent(key, first -> decide(wanted));
    AuthorizeOutcome answer = fault.isPresent() ? new Unanswered("lost") : outcome;
    if (holdBackUntil == 0) {
      return done(answer);
    }
    var later = new CompletableFuture<AuthorizeOutcome>();
    heldBack.add(() -> later.complete(answer));
    if (heldBack.size() == holdBackUntil) {
      heldBack.forEach(Runnable::run);
      holdBackUntil = 0;
    }
    return later;
  }

  private static boolean sameMoney(Authorization one, Authorization other) {
    return one.userId().equals(other.userId())
        && one.paymentMethodId().equals(other.paymentMethodId())
        && one.amountMinor() == other.amountMinor()
        && one.currency().equals(other.currency());
  }

  private AuthorizeOutcome decide(Authorization wanted) {
    var state =
        switch (wanted.paymentMethodId()) {
          case DECLINED_CARD -> PaymentState.DECLINED;
          case THREE_D_SECURE_CARD -> PaymentState.REQUIRES_ACTION;
          default -> PaymentState.AUTHORIZED;
        };
    var payment =
        new Payment(
            "pi_" + payments.size(),
            state,
            wanted.userId(),
            wanted.booking(),
            wanted.bookingId(),
            wanted.amountMinor(),
            0,
            0,
            wanted.currency(),
            0,
            state == PaymentState.DECLINED ? Optional.of("insufficient_funds") : Optional.empty(),
            state == PaymentState.REQUIRES_ACTION ? Optional.of(PAGE) : Optional.empty());
    payments.put(payment.paymentId(), payment);
    return switch (state) {
      case DECLINED -> new Declined("insufficient_funds", "no money");
      case REQUIRES_ACTION -> new RequiresAction(payment.paymentId(), PAGE);
      default -> new Authorized(payment.paymentId());
    };
  }

  /** The buyers on the page of their card's issuer are done. */
  synchronized void authenticate(boolean successfully) {
    payments.replaceAll(
        (id, payment) ->
            payment.state() == PaymentState.REQUIRES_ACTION
                ? moved(payment, successfully ? PaymentState.AUTHORIZED : PaymentState.DECLINED)
                : payment);
  }

  @Override
  public synchronized CompletionStage<SettleOutcome> capture(
      String paymentId, String bookingId, OptionalLong amountMinor) {
    return settle(
        Verb.CAPTURE, paymentId, bookingId, PaymentState.AUTHORIZED, PaymentState.CAPTURED);
  }

  @Override
  public synchronized CompletionStage<SettleOutcome> voidAuthorization(
      String paymentId, String bookingId) {
    return settle(Verb.VOID, paymentId, bookingId, PaymentState.AUTHORIZED, PaymentState.VOIDED);
  }

  @Override
  public synchronized CompletionStage<SettleOutcome> refund(
      String paymentId, String bookingId, long amountMinor, int sequence) {
    return settle(Verb.REFUND, paymentId, bookingId, PaymentState.CAPTURED, PaymentState.REFUNDED);
  }

  private CompletionStage<SettleOutcome> settle(
      Verb verb, String paymentId, String bookingId, PaymentState from, PaymentState to) {
    var fault = begin(verb, bookingId);
    if (fault.equals(Optional.of(Fault.NOT_DONE))) {
      return done(new Unanswered("told not to"));
    }
    var payment = payments.get(paymentId);
    boolean waits =
        payment != null && verb == Verb.VOID && payment.state() == PaymentState.REQUIRES_ACTION;
    if (payment == null || (payment.state() != from && payment.state() != to && !waits)) {
      return done(new Impossible("payment_intent_unexpected_state", "can't"));
    }
    var settled = moved(payment, to);
    payments.put(paymentId, settled);
    return done(fault.isPresent() ? new Unanswered("lost") : new Settled(settled));
  }

  private static Payment moved(Payment payment, PaymentState to) {
    boolean captured = to == PaymentState.CAPTURED || to == PaymentState.REFUNDED;
    return new Payment(
        payment.paymentId(),
        to,
        payment.userId(),
        payment.booking(),
        payment.bookingId(),
        payment.amountMinor(),
        captured ? payment.amountMinor() : 0,
        to == PaymentState.REFUNDED ? payment.amountMinor() : 0,
        payment.currency(),
        payment.createTimeMs(),
        payment.declineCode(),
        payment.nextActionUri());
  }

  private Optional<Fault> begin(Verb verb, String bookingId) {
    calls.add(new Call(verb, bookingId, seatCommands.get()));
    return Optional.ofNullable(faults.getOrDefault(verb, new ArrayDeque<>()).poll());
  }

  /** An acquirer that gives a reservation up by itself. */
  synchronized void expireAuthorizations() {
    payments.replaceAll(
        (id, payment) ->
            payment.state() == PaymentState.AUTHORIZED
                ? moved(payment, PaymentState.VOIDED)
                : payment);
  }

  @Override
  public synchronized CompletionStage<Lookup<Optional<Payment>>> find(String paymentId) {
    return done(new Found<>(Optional.ofNullable(payments.get(paymentId))));
  }

  @Override
  public synchronized CompletionStage<Lookup<List<Payment>>> findByBooking(String bookingId) {
    var found = new Found<>(paymentsOf(bookingId));
    if (!lookupsHeldBack) {
      return done(found);
    }
    var later = new CompletableFuture<Lookup<List<Payment>>>();
    heldLookups.add(() -> later.complete(found));
    return later;
  }

  private List<Payment> paymentsOf(String bookingId) {
    return payments.values().stream()
        .filter(payment -> payment.bookingId().equals(bookingId))
        .toList();
  }

  @Override
  public synchronized CompletionStage<Lookup<List<Payment>>> openAuthorizations(
      long createdBeforeMs) {
    return done(
        new Found<>(
            payments.values().stream()
                .filter(payment -> payment.state() == PaymentState.AUTHORIZED)
                .filter(payment -> payment.createTimeMs() < createdBeforeMs)
                .toList()));
  }

  @Override
  public synchronized CompletionStage<Lookup<Page>> list(
      Optional<String> userId, int limit, String startingAfter) {
    return done(
        new Found<>(
            new Page(
                payments.values().stream()
                    .sorted(Comparator.comparing(Payment::paymentId).reversed())
                    .limit(limit)
                    .toList(),
                false)));
  }

  @Override
  public CompletionStage<MethodOutcome> createPaymentMethod(
      Card card, String userId, String idempotencyKey) {
    return done(new MethodCreated("pm_" + idempotencyKey, "visa", "4242"));
  }

  @Override
  public CompletionStage<DeleteOutcome> deletePaymentMethod(String paymentMethodId) {
    return done(new Deleted());
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
