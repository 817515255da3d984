package dev.usher.grpc;

import dev.usher.api.health.v1.HealthCheckRequest;
import dev.usher.api.health.v1.HealthCheckResponse;
import dev.usher.api.health.v1.HealthCheckResponse.ServingStatus;
import dev.usher.api.health.v1.HealthPowerApi;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The standard health service (grpc.health.v1). All services of a node are served or none, so each
 * name, and the empty one for the whole server, says the same.
 */
final class HealthGrpcService implements HealthPowerApi {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final Set<String> services;
  private final BooleanSupplier serving;
  private final Traffic traffic;

  HealthGrpcService(Set<String> services, BooleanSupplier serving, Traffic traffic) {
    this.services = Set.copyOf(services);
    this.serving = serving;
    this.traffic = traffic;
  }

  @Override
  public CompletionStage<HealthCheckResponse> check(HealthCheckRequest in, Metadata metadata) {
    if (!isKnown(in)) {
      return CompletableFuture.failedFuture(
          Errors.of(
              Reason.RESOURCE_NOT_FOUND,
              "There is no service of that name here.",
              Map.of("name", in.getService())));
    }
    return CompletableFuture.completedFuture(message(status(in)));
  }

  @Override
  public Source<HealthCheckResponse, NotUsed> watch(HealthCheckRequest in, Metadata metadata) {
    return Source.tick(Duration.ZERO, LOOK_EVERY, in)
        .mapMaterializedValue(timer -> NotUsed.getInstance())
        .map(this::status)
        .statefulMap(
            () -> Optional.<ServingStatus>empty(),
            (before, now) ->
                Pair.create(
                    Optional.of(now),
                    before.equals(Optional.of(now))
                        ? Optional.<ServingStatus>empty()
                        : Optional.of(now)),
            last -> Optional.empty())
        .filter(Optional::isPresent)
        .map(changed -> message(changed.orElseThrow()))
        .via(traffic.untilClosed());
  }

  private ServingStatus status(HealthCheckRequest in) {
    if (!isKnown(in)) {
      return ServingStatus.SERVICE_UNKNOWN;
    }
    return serving.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  private boolean isKnown(HealthCheckRequest in) {
    return in.getService().isEmpty() || services.contains(in.getService());
  }

  private static HealthCheckResponse message(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
