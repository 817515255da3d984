package dev.usher.grpc;

import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

/** Questions to the payment room. */
final class PaymentAsks {
  /** The actor answers by itself in time; this much later it is taken to be gone. */
  private static final long ANSWER_SLACK_MS = 50;

  private final ActorSystem<?> system;
  private final ActorRef<PaymentProtocol.Request> payments;

  PaymentAsks(ActorSystem<?> system, ActorRef<PaymentProtocol.Request> payments) {
    this.system = system;
    this.payments = payments;
  }

  <R> CompletionStage<R> ask(
      Function<ActorRef<R>, PaymentProtocol.Request> message, Duration timeout) {
    return AskPattern.ask(
        payments, message, timeout.plusMillis(ANSWER_SLACK_MS), system.scheduler());
  }

  static <T> T found(PaymentProvider.Lookup<T> lookup) {
    return switch (lookup) {
      case PaymentProvider.Found<T> found -> found.value();
      case PaymentProvider.NotAnswered<T> none -> throw providerUnavailable();
    };
  }

  static CallException providerUnavailable() {
    return Errors.of(
        Reason.PROVIDER_UNAVAILABLE, "The payment provider did not answer; try again.");
  }
}
