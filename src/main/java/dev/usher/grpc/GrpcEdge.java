package dev.usher.grpc;

import dev.usher.api.auth.v1.AuthService;
import dev.usher.api.auth.v1.AuthServicePowerApiHandlerFactory;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.booking.v1.BookingServicePowerApiHandlerFactory;
import dev.usher.api.catalog.v1.CatalogService;
import dev.usher.api.catalog.v1.CatalogServicePowerApiHandlerFactory;
import dev.usher.api.chatbot.v1.ChatbotService;
import dev.usher.api.chatbot.v1.ChatbotServicePowerApiHandlerFactory;
import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.cluster.v1.ClusterServicePowerApiHandlerFactory;
import dev.usher.api.health.v1.Health;
import dev.usher.api.health.v1.HealthPowerApiHandlerFactory;
import dev.usher.api.payment.v1.PaymentService;
import dev.usher.api.payment.v1.PaymentServicePowerApiHandlerFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.grpc.ServiceDescription;
import org.apache.pekko.grpc.javadsl.ServerReflection;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The client port: every public service, health and reflection, as gRPC and gRPC-Web. The HTTP/2
 * settings it needs are in {@code usher-edge.conf}.
 */
public final class GrpcEdge {
  /** What reflection lists, and in which order. */
  static final List<ServiceDescription> SERVICES =
      List.of(
          AuthService.description,
          CatalogService.description,
          BookingService.description,
          PaymentService.description,
          ChatbotService.description,
          ClusterService.description,
          Health.description);

  /** Pekko serves the first version of the reflection protocol. */
  static final String REFLECTION = "grpc.reflection.v1alpha.ServerReflection";

  private final ActorSystem<?> system;
  private final EdgeDependencies deps;
  private final Requests requests;
  private final Failures failures;
  private final Traffic traffic = new Traffic();

  private GrpcEdge(ActorSystem<?> system, EdgeDependencies deps) {
    this.system = system;
    this.deps = deps;
    this.requests = new Requests(deps.random());
    this.failures = new Failures(deps.random());
  }

  /**
   * Begins to serve.
   *
   * @param port 0 for any free one
   * @return fails with the cause when the address can't be bound
   */
  public static CompletionStage<Bound> bind(
      ActorSystem<?> system, EdgeDependencies deps, String host, int port) {
    return bind(system, deps, host, port, WatchSettings.DEFAULT);
  }

  static CompletionStage<Bound> bind(
      ActorSystem<?> system,
      EdgeDependencies deps,
      String host,
      int port,
      WatchSettings watchSettings) {
    var edge = new GrpcEdge(system, deps);
    var door =
        new FrontDoor(
            new PaymentDoor(deps.paymentWebhook(), system),
            edge.handlers(watchSettings),
            REFLECTION,
            edge.traffic,
            edge.failures,
            system);
    return Http.get(system)
        .newServerAt(host, port)
        .bind(door::handle)
        .thenApply(binding -> new Bound(binding, edge.traffic, system));
  }

  private Map<String, Handler> handlers(WatchSettings watchSettings) {
    var seatCalls = new SeatCalls(deps.seats(), watchSettings, traffic);
    var holdCalls = new HoldCalls(deps.seats(), requests);
    var bookingCalls = new BookingCalls(deps.bookings(), deps.seats(), requests);
    var ticketCalls = new TicketCalls(deps.seats(), requests);
    return Map.of(
        AuthService.name,
        AuthServicePowerApiHandlerFactory.create(
                new AuthGrpcService(gate(AuthService.name), system, deps.auth(), requests),
                failures,
                system)
            ::apply,
        CatalogService.name,
        CatalogServicePowerApiHandlerFactory.create(
                new CatalogGrpcService(gate(CatalogService.name), deps.seats(), requests),
                failures,
                system)
            ::apply,
        BookingService.name,
        BookingServicePowerApiHandlerFactory.create(
                new BookingGrpcService(
                    gate(BookingService.name), seatCalls, holdCalls, bookingCalls, ticketCalls),
                failures,
                system)
            ::apply,
        PaymentService.name,
        PaymentServicePowerApiHandlerFactory.create(payments(), failures, system)::apply,
        ChatbotService.name,
        ChatbotServicePowerApiHandlerFactory.create(
                new ChatbotGrpcService(
                    gate(ChatbotService.name), deps.chats(), deps.conversationIds(), requests),
                failures,
                system)
            ::apply,
        ClusterService.name,
        ClusterServicePowerApiHandlerFactory.create(
                new ClusterGrpcService(
                    gate(ClusterService.name),
                    deps.cluster(),
                    new MemberCalls(deps.members(), deps.cluster(), requests),
                    requests,
                    new SnapshotCalls(deps.cluster(), traffic),
                    new ClusterWatch(
                        deps.cluster(), ClusterWatch.Settings.DEFAULT, deps.nanoTime(), traffic)),
                failures,
                system)
            ::apply,
        Health.name,
        HealthPowerApiHandlerFactory.create(health(), failures, system)::apply,
        REFLECTION,
        ServerReflection.create(SERVICES, system)::apply);
  }

  private PaymentGrpcService payments() {
    var asks = new PaymentAsks(system, deps.payments());
    var calls = new PaymentCalls(asks, deps.directory(), InstantSource.system());
    var methods = new PaymentMethodCalls(asks, deps.directory(), requests);
    return new PaymentGrpcService(
        gate(PaymentService.name), asks, calls, methods, deps.reconciliation());
  }

  private HealthGrpcService health() {
    var names = SERVICES.stream().map(ServiceDescription::name).collect(Collectors.toSet());
    return new HealthGrpcService(
        names, () -> deps.ready().getAsBoolean() && traffic.isOpen(), traffic);
  }

  private Gate gate(String service) {
    return new Gate(service, system, deps.auth(), deps.nanoTime());
  }

  /** One service's answer to a request. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<HttpResponse> apply(HttpRequest request) throws Exception;
  }
}
