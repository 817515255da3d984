package dev.usher.booking;

import dev.usher.payment.PaymentProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The houses of a test class: closed after the test that opened them, their kit after the last. */
final class Houses implements AfterEachCallback, AfterAllCallback {
  final ActorTestKit kit = ActorTestKit.create();
  private final List<House> open = new ArrayList<>();

  House open() {
    return open(House.QUICK);
  }

  House open(SagaSettings settings) {
    return open(settings, Optional.empty());
  }

  /** With another provider than the {@link Bank}. */
  House open(SagaSettings settings, Optional<PaymentProvider> provider) {
    var house = new House(kit, settings, provider);
    open.add(house);
    return house;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    open.forEach(House::close);
    open.clear();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    kit.shutdownTestKit();
  }
}
