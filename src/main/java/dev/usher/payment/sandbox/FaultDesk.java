package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.Api.Response;
import dev.usher.payment.sandbox.Faults.Armed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Switches faults on and off, and lets requests run into them. {@code GET /usher/faults} lists
 * them; {@code POST} with {@code name} and perhaps {@code times}, {@code on} (operations, with
 * commas) and {@code millis} switches one on, with {@code name=none} all off.
 */
final class FaultDesk {
  private static final int MAX_TIMES = 1_000_000;
  private static final long MAX_MILLIS = 3_600_000;

  private final Faults faults;
  private final Function<Duration, CompletionStage<Boolean>> pause;

  /**
   * @param pause completes after that time
   */
  FaultDesk(Faults faults, Function<Duration, CompletionStage<Boolean>> pause) {
    this.faults = faults;
    this.pause = pause;
  }

  /** What a request wants. */
  interface Work {
    CompletionStage<Response> get();

    /** Comes to this error, which is recorded like any other answer. */
    CompletionStage<Response> fail(ApiError error);
  }

  /** Does the work, unless a fault that is switched on has it otherwise. */
  CompletionStage<Response> around(Optional<Operation> operation, Work work) {
    return operation.flatMap(faults::meet).map(fault -> spoil(fault, work)).orElseGet(work::get);
  }

  private CompletionStage<Response> spoil(Armed met, Work work) {
    var name = met.fault().label();
    var silence = Response.of(ApiError.fault(504, name));
    return switch (met.fault()) {
      case TIMEOUT_BEFORE -> pause.apply(met.time()).thenApply(over -> silence);
      case TIMEOUT_AFTER ->
          work.get().thenCompose(done -> pause.apply(met.time())).thenApply(over -> silence);
      case SLOW -> work.get().thenCompose(done -> pause.apply(met.time()).thenApply(over -> done));
      case ERROR_500_ONCE -> done(Response.of(ApiError.fault(500, name)));
      case ERROR_500_KEPT -> work.fail(ApiError.fault(500, name));
      case DOWN -> done(Response.of(ApiError.fault(503, name)));
      case WEBHOOK_LATE, WEBHOOK_TWICE, WEBHOOK_REORDERED -> work.get();
    };
  }

  Response list() {
    return Response.json(
        200, StripeJson.text(faults.all().stream().map(FaultDesk::shown).toList()));
  }

  private record Shown(String name, List<String> on, String times, long millis) {}

  private static Shown shown(Armed fault) {
    return new Shown(
        fault.fault().label(),
        fault.aim().stream().map(Operation::label).sorted().toList(),
        fault.timesLeft() == Fault.UNTIL_CLEARED
            ? "until cleared"
            : Integer.toString(fault.timesLeft()),
        fault.time().toMillis());
  }

  Response change(Params params) {
    var name = params.require("name");
    if (name.equals("none")) {
      faults.clear();
      return list();
    }
    var fault = Fault.of(name).orElseThrow(FaultDesk::unknown);
    int times =
        params.find("times").isPresent()
            ? (int) params.number("times", 0, MAX_TIMES)
            : fault.times();
    var time =
        params.find("millis").isPresent()
            ? Duration.ofMillis(params.number("millis", 0, MAX_MILLIS))
            : fault.time();
    if (times == 0) {
      faults.clear(fault);
    } else {
      faults.arm(new Armed(fault, aim(params), times, time));
    }
    return list();
  }

  private static Set<Operation> aim(Params params) {
    return params
        .find("on")
        .filter(text -> !text.isEmpty())
        .map(text -> Arrays.stream(text.split(",", -1)).map(FaultDesk::operation))
        .map(each -> each.collect(Collectors.toUnmodifiableSet()))
        .orElse(Set.of());
  }

  private static Operation operation(String label) {
    return Operation.named(label.strip())
        .orElseThrow(
            () ->
                new Params.Refused(
                    ApiError.parameter(
                        "on",
                        "Each is one of "
                            + Arrays.stream(Operation.values())
                                .map(Operation::label)
                                .collect(Collectors.joining(", "))
                            + ".")));
  }

  private static Params.Refused unknown() {
    return new Params.Refused(
        ApiError.parameter(
            "name",
            "There are "
                + Arrays.stream(Fault.values()).map(Fault::label).collect(Collectors.joining(", "))
                + ", and none."));
  }

  private static CompletionStage<Response> done(Response response) {
    return CompletableFuture.completedFuture(response);
  }
}
