package dev.usher.booking;

import java.util.concurrent.Semaphore;

/** What all sagas of a node share. */
public final class SagaShare {
  private final SagaSteps steps;
  private final DebtPayer debts;
  private final SagaSettings settings;
  private final Semaphore lingering;

  public SagaShare(SagaSteps steps, DebtPayer debts, SagaSettings settings) {
    this.steps = steps;
    this.debts = debts;
    this.settings = settings;
    this.lingering = new Semaphore(settings.lingering());
  }

  SagaSteps steps() {
    return steps;
  }

  DebtPayer debts() {
    return debts;
  }

  SagaSettings settings() {
    return settings;
  }

  Semaphore lingering() {
    return lingering;
  }
}
