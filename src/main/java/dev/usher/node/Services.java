package dev.usher.node;

import dev.usher.auth.AuthActor;
import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.AuthSettings;
import dev.usher.auth.OperatorAccount;
import dev.usher.auth.PasswordHasher;
import dev.usher.booking.AwaitedBuyers;
import dev.usher.booking.BookingDesk;
import dev.usher.booking.Bookings;
import dev.usher.booking.DebtPayer;
import dev.usher.booking.OpenSagas;
import dev.usher.booking.Payments;
import dev.usher.booking.Reconciler;
import dev.usher.booking.ReconcilerSettings;
import dev.usher.booking.Reconciliation;
import dev.usher.booking.SagaSettings;
import dev.usher.booking.SagaShare;
import dev.usher.booking.SagaSteps;
import dev.usher.booking.SagaSweep;
import dev.usher.booking.SessionCheck;
import dev.usher.booking.ShardedBookings;
import dev.usher.booking.SweptShards;
import dev.usher.chat.ChatDependencies;
import dev.usher.chat.ChatbotActor;
import dev.usher.chat.Chats;
import dev.usher.chat.LiveHolds;
import dev.usher.chat.LiveReads;
import dev.usher.chat.ShardedChats;
import dev.usher.chat.Tongues;
import dev.usher.directory.Directory;
import dev.usher.grpc.EdgeDependencies;
import dev.usher.node.membership.ClusteredSystem;
import dev.usher.payment.PaymentActor;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentProvider;
import dev.usher.payment.PaymentWebhook;
import dev.usher.payment.stripe.StripeWebhooks;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.seats.SeatGroups;
import dev.usher.shards.HomeShards;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/** What stands between the replicated groups and the edge: the actors of the way of a booking. */
final class Services {
  /** Passwords that are being hashed or wait for it; more are refused. */
  private static final int PASSWORDS_PENDING = 64;

  private final ActorSystem<?> system;
  private final NodeSettings settings;
  private final SecureRandom random;
  private final Directory directory;
  private final SeatGroups seats;
  private final ActorRef<AuthProtocol.Request> auth;
  private final ActorRef<PaymentProtocol.Request> payments;
  private final AwaitedBuyers awaited = new AwaitedBuyers();
  private final PaymentWebhook webhook;
  private final Bookings bookings;
  private final Reconciliation reconciliation;
  private final Chats chats;

  /** Starts the local actors, and registers the sharded ones with the clustered system. */
  Services(
      ActorSystem<?> system,
      NodeSettings settings,
      Ground ground,
      PaymentProvider provider,
      ClusteredSystem clustered,
      SecureRandom random) {
    this.system = system;
    this.settings = settings;
    this.random = random;
    this.directory = new Directory(ground.directory());
    this.seats = new SeatGroups(ground.seats());
    this.auth = spawn(authActor(), "auth");
    this.payments = spawn(PaymentActor.create(provider), "payment");
    this.webhook = webhook(settings);
    this.bookings = bookings(clustered);
    this.reconciliation = reconciliation();
    this.chats = chats(clustered, ground::isMember);
  }

  /** Sees to the first account. */
  void makeOperator(Secret password) {
    spawn(
        OperatorAccount.create(auth, directory, settings.operator().email(), password),
        "operator-account");
  }

  /** What the edge stands on. */
  EdgeDependencies edge(Ground ground, BooleanSupplier ready) {
    return new EdgeDependencies(
        seats,
        directory,
        auth,
        payments,
        webhook,
        bookings,
        reconciliation,
        chats,
        rest -> settings.self() + "~" + rest,
        ground.clusterControl(),
        ground.memberControl(),
        ready,
        System::nanoTime,
        random);
  }

  /**
   * News hurries the saga that waits for it, when it lives here; nothing else hangs on it, because
   * a saga that waits for its buyer asks by itself, too.
   */
  private PaymentWebhook webhook(NodeSettings settings) {
    return settings
        .payment()
        .webhookSecretFile()
        .<PaymentWebhook>map(
            file ->
                new StripeWebhooks(
                    NodeSettings.secret(file), InstantSource.system(), awaited::hurry))
        .orElseGet(PaymentWebhook::none);
  }

  private Behavior<AuthProtocol.Request> authActor() {
    var executor =
        system.dispatchers().lookup(DispatcherSelector.fromConfig("usher.password-dispatcher"));
    var hasher = new PasswordHasher(executor, PASSWORDS_PENDING, random);
    var limits = new AuthSettings(settings.sessionLifetime(), AuthSettings.DEFAULT.maxInFlight());
    return AuthActor.create(directory, hasher, random, limits);
  }

  private Payments money() {
    return Payments.by(payments, system.scheduler(), settings.payment().requestTimeout());
  }

  private Reconciliation reconciliation() {
    var timeout = settings.payment().requestTimeout();
    return new Reconciliation(seats, money(), OpenSagas.in(directory, timeout), timeout);
  }

  private Bookings bookings(ClusteredSystem clustered) {
    var timeout = settings.payment().requestTimeout();
    var money = money();
    var debts = new DebtPayer(money, seats, timeout);
    var openSagas = OpenSagas.in(directory, timeout);
    spawn(
        Reconciler.create(seats, money, debts, openSagas, Services::now, reconcilerSettings()),
        "reconciler");
    var share =
        new SagaShare(
            settings.self(),
            new SessionCheck(system.scheduler(), auth),
            seats,
            new SagaSteps(seats, directory, money, debts, timeout),
            debts,
            awaited,
            SagaSettings.DEFAULT,
            System::currentTimeMillis);
    var sagas =
        clustered.register(
            cluster ->
                HomeShards.<BookingDesk.Command>init(
                    cluster,
                    BookingDesk.KEY,
                    settings.self(),
                    new BookingDesk.Stop(),
                    (id, shard) -> BookingDesk.create(shard, HomeShards.rest(id), share)));
    spawn(
        SagaSweep.create(
            openSagas, new SweptShards(sagas), System::nanoTime, SagaSweep.Settings.DEFAULT),
        "saga-sweep");
    return new ShardedBookings(system, sagas, share);
  }

  private Chats chats(ClusteredSystem clustered, Predicate<NodeId> isMember) {
    var tongues = Tongues.shipped(settings.chatZone());
    var dependencies =
        ChatDependencies.of(
            tongues,
            settings.chatZone(),
            InstantSource.system(),
            new LiveReads(seats, directory),
            new LiveHolds(seats),
            bookings);
    var conversations =
        clustered.register(
            cluster ->
                HomeShards.<ChatbotActor.Command>init(
                    cluster,
                    ChatbotActor.KEY,
                    settings.self(),
                    new ChatbotActor.Stop(),
                    (id, shard) -> ChatbotActor.create(id, shard, dependencies)));
    return new ShardedChats(system, conversations, isMember, tongues);
  }

  private ReconcilerSettings reconcilerSettings() {
    var standard = ReconcilerSettings.DEFAULT;
    return new ReconcilerSettings(
        settings.booking().reconcileInterval(),
        settings.booking().debtGrace(),
        standard.firstBackoff(),
        standard.maxBackoff(),
        standard.sweepEvery(),
        settings.booking().orphanAuthorizationAge(),
        standard.inFlight());
  }

  private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
    return system.systemActorOf(behavior, name, Props.empty());
  }

  private static Now now() {
    return new Now(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());
  }
}
