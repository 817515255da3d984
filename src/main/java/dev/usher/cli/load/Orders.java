package dev.usher.cli.load;

import dev.usher.cli.bench.SeatSupply;
import dev.usher.cli.client.Buyer;
import java.util.ArrayList;
import java.util.List;

/** The orders of a run: whose each is, for which seat, with which card. */
final class Orders {
  /** Moves the declined cards away from the rivals, so that neither hides the other. */
  private static final int APART = 7;

  private Orders() {}

  /**
   * As many orders as the settings say.
   *
   * @param paying buyers with a card that is good
   * @param declined the same buyers with a card that is declined
   */
  static List<Order> of(
      LoadSettings settings, List<Buyer> paying, List<Buyer> declined, SeatSupply seats) {
    var rivals = new Share(settings.rivals(), 0);
    var poor = new Share(settings.declined(), APART);
    var orders = new ArrayList<Order>();
    var target = seats.next();
    for (int i = 0; i < settings.bookings(); i++) {
      // A rival wants the seat of the order before, and comes at about the same time.
      if (i > 0 && !rivals.has(i)) {
        target = seats.next();
      }
      var buyer = (poor.has(i) ? declined : paying).get(i % paying.size());
      orders.add(Order.of(buyer.startingAt(i), target.event(), target.seat()));
    }
    return List.copyOf(orders);
  }
}
