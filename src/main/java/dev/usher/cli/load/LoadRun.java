package dev.usher.cli.load;

import com.google.type.Money;
import dev.usher.api.payment.v1.Card;
import dev.usher.cli.bench.SeatSupply;
import dev.usher.cli.client.Buyer;
import dev.usher.cli.client.Organizer;
import dev.usher.cli.client.Parallel;
import dev.usher.cli.client.UsherClient;
import dev.usher.cli.demo.Checks;
import dev.usher.cli.local.LocalCluster;
import dev.usher.cli.local.SandboxFaults;
import dev.usher.cli.local.SandboxLedger;
import dev.usher.cli.term.Progress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Thousands of bookings against a local cluster that is not left in peace. */
public final class LoadRun {
  private static final int SIGN_UPS_AT_ONCE = 4;
  private static final int BUYERS_MAX = 32;
  private static final int NEWS_EVERY = 50;

  /** Moves the silences away from the declined cards and the rivals. */
  private static final int APART = 13;

  private final LoadSettings settings;
  private final LocalCluster cluster;
  private final UsherClient visitor;
  private final UsherClient operator;
  private final Progress progress;

  /**
   * @param cluster runs, and is nobody else's meanwhile
   * @param visitor calls without a session
   * @param operator may import venues, put events on sale, see the cluster and audit
   */
  public LoadRun(
      LoadSettings settings,
      LocalCluster cluster,
      UsherClient visitor,
      UsherClient operator,
      Progress progress) {
    this.settings = settings;
    this.cluster = cluster;
    this.visitor = visitor;
    this.operator = operator;
    this.progress = progress;
  }

  /**
   * Sells, kills, audits; all nodes run afterwards.
   *
   * @param price of every seat
   * @param good a card that pays
   * @param bad a card that the issuer declines
   */
  public LoadReport run(Money price, Card good, Card bad) {
    var ledger = SandboxLedger.of(cluster);
    var before = ledger.read(price.getCurrencyCode());
    int count = Math.min(settings.clients(), BUYERS_MAX);
    progress.begin(count + " buyers sign up");
    List<Buyer> paying = buyers(count, good);
    List<Buyer> declined = Parallel.map(count, SIGN_UPS_AT_ONCE, i -> paying.get(i).withCard(bad));
    progress.done(count + " buyers have an account, a session and two cards, one of them bad");
    progress.begin("Putting events of 5,000 seats on sale");
    try (var seats = SeatSupply.open(new Organizer(operator), price, settings.bookings());
        var faults = SandboxFaults.of(cluster)) {
      var orders = Orders.of(settings, paying, declined, seats);
      progress.done("Events are on sale");
      return sell(orders, new SilentProvider(faults), ledger, before, price);
    }
  }

  private List<Buyer> buyers(int count, Card card) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    return Parallel.map(
        count,
        SIGN_UPS_AT_ONCE,
        i ->
            Buyer.create(
                visitor.startingAt(i),
                "load-" + (i + 1) + "-" + run + "@example.com",
                "Load " + (i + 1),
                card));
  }

  private LoadReport sell(
      List<Order> orders,
      SilentProvider provider,
      SandboxLedger ledger,
      SandboxLedger.Books before,
      Money price) {
    progress.begin(orders.size() + " bookings");
    var silences = new Share(settings.silences(), APART);
    var answered = new AtomicInteger();
    var killer = LeaderKiller.start(cluster, operator, settings.killEvery(), progress::news);
    long begun = System.nanoTime();
    List<Given> given;
    List<Death> killed;
    try {
      given =
          Parallel.map(
              orders.size(),
              settings.clients(),
              i -> {
                if (silences.has(i)) {
                  provider.next();
                }
                var told = Given.to(orders.get(i));
                int soFar = answered.incrementAndGet();
                if (soFar % NEWS_EVERY == 0) {
                  progress.news(soFar + " answered");
                }
                return told;
              });
    } finally {
      killed = killer.stop();
    }
    double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
    progress.done(given.size() + " bookings were asked for");
    var checks = new Checks(progress);
    if (!settings.killEvery().isZero()) {
      checks.check(
          "leaders-died",
          !killed.isEmpty() && killed.stream().allMatch(Death::serves),
          killed.size()
              + " leaders were killed with SIGKILL meanwhile: "
              + LoadReport.text(killed));
    }
    progress.begin("Comparing what buyers were told with seats and money");
    new Aftermath(operator, ledger, price, before, checks).look(given);
    return LoadReport.of(given, seconds, killed, provider.count(), checks.all());
  }
}
