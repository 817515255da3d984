package dev.usher.cli.demo;

import com.google.type.Money;
import dev.usher.api.booking.v1.Seat;
import dev.usher.api.catalog.v1.Event;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Connections;
import dev.usher.cli.client.NodeAddress;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.Parallel;
import dev.usher.cli.client.Seats;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.SandboxLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A local cluster with one event on sale: what the demo and the end-to-end tests begin with.
 *
 * @param visitor calls without a session
 * @param operator calls with the operator's session
 * @param price of every seat
 */
public record BoxOffice(
    LocalCluster cluster,
    Connections connections,
    UsherClient visitor,
    UsherClient operator,
    Event event,
    Money price,
    SandboxLedger ledger)
    implements AutoCloseable {
  /** Argon2 keeps a core busy for 130 ms; more at once would only wait in the nodes' queues. */
  private static final int SIGN_UPS_AT_ONCE = 8;

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration UNTIL_EVENT = Duration.ofDays(90);

  /** Imports the plan as the organizer and puts one event on sale, every seat at this price. */
  public static BoxOffice open(LocalCluster cluster, byte[] plan, Money price) {
    var nodes =
        cluster.layout().nodes().stream()
            .map(node -> new NodeAddress(node.host(), node.clientPort()))
            .toList();
    var connections = new Connections(nodes);
    var visitor = UsherClient.of(connections, DEADLINE);
    var operator =
        Buyer.logIn(visitor, cluster.layout().operatorEmail(), cluster.layout().operatorPassword());
    var organizer = new Organizer(operator);
    var venue = organizer.importVenue("playhouse", plan);
    var event =
        organizer.publish(
            "opening-night", "Opening night", venue, price, Instant.now().plus(UNTIL_EVENT));
    return new BoxOffice(
        cluster, connections, visitor, operator, event, price, SandboxLedger.of(cluster));
  }

  /** New buyers with accounts, sessions and cards; each calls another node first. */
  public List<Buyer> buyers(int count, dev.usher.api.payment.v1.Card card) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    return Parallel.map(
        count,
        SIGN_UPS_AT_ONCE,
        i ->
            Buyer.create(
                    visitor.startingAt(i),
                    "buyer-" + (i + 1) + "-" + run + "@example.com",
                    "Buyer " + (i + 1),
                    card)
                .startingAt(i));
  }

  /** All seats of the event, linearizable. */
  public List<Seat> seats() {
    return Seats.of(visitor, event.getName(), false);
  }

  public SandboxLedger.Books books() {
    return ledger.read(price.getCurrencyCode());
  }

  /** Closes the connections; the cluster goes on. */
  @Override
  public void close() {
    connections.close();
  }
}
