package dev.usher.booking;

import dev.usher.shards.HomeShards;
import java.util.Optional;
import java.util.function.Supplier;

/** The sharded sagas as the sweep sees them: what it wakes, it wakes on this node. */
public final class SweptShards implements SagaSweep.Shards {
  private final Supplier<Optional<HomeShards<BookingDesk.Command>>> sagas;

  /**
   * @param sagas empty while this node is not in a cluster
   */
  public SweptShards(Supplier<Optional<HomeShards<BookingDesk.Command>>> sagas) {
    this.sagas = sagas;
  }

  @Override
  public boolean ready() {
    return sagas.get().isPresent();
  }

  @Override
  public boolean isMine(OpenSagas.Open saga) {
    return sagas
        .get()
        .filter(shards -> shards.looksAfter(saga.home(), saga.bookingId()))
        .isPresent();
  }

  @Override
  public void wake(String bookingId) {
    sagas.get().ifPresent(shards -> shards.tell(shards.mint(bookingId), new BookingDesk.Wake()));
  }
}
