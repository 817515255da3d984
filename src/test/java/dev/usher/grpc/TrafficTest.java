package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.cluster.v1.ClusterService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A drain waits until nothing is under way: each call counts once, however it ends. */
class TrafficTest {
  private static final HttpRequest REQUEST = HttpRequest.create();

  private final Traffic traffic = new Traffic();

  static Stream<Consumer<CompletableFuture<HttpResponse>>> ends() {
    return Stream.of(
        answer -> answer.complete(HttpResponse.create()),
        answer -> answer.completeExceptionally(new IllegalStateException("broken")),
        answer -> answer.cancel(true));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aCallCountsUntilItsAnswerIsThereAndThenNoMore(Consumer<CompletableFuture<HttpResponse>> end)
      throws Exception {
    var answer = new CompletableFuture<HttpResponse>();
    var told = pass(BookingService.name, request -> answer);
    assertThat(traffic.underWay()).isOne();

    end.accept(answer);

    assertThat(told.toCompletableFuture()).isDone();
    assertThat(traffic.underWay()).isZero();
  }

  @Test
  void aCallThatIsAnsweredOnTheSpotIsNotCountedTwice() throws Exception {
    pass(BookingService.name, request -> done());
    pass(BookingService.name, request -> CompletableFuture.failedFuture(new AssertionError()));

    assertThat(traffic.underWay()).isZero();
  }

  @Test
  void aHandlerThatThrowsCountsNoMore() {
    assertThatThrownBy(
            () ->
                pass(
                    BookingService.name,
                    request -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(traffic.underWay()).isZero();
  }

  @Test
  void aCallThatWasLetInBeforeTheDrainIsWaitedForAndOneThatIsRefusedIsNot() throws Exception {
    var slow = new CompletableFuture<HttpResponse>();
    pass(BookingService.name, request -> slow);
    traffic.divert(true);
    var refused = pass(BookingService.name, request -> new CompletableFuture<>());
    assertThat(refused.toCompletableFuture()).isDone();
    assertThat(traffic.underWay()).isOne();

    slow.complete(HttpResponse.create());

    assertThat(traffic.underWay()).isZero();
  }

  @Test
  void aRefusalThatBreaksCountsNoMore() {
    traffic.close();
    assertThatThrownBy(
            () ->
                traffic.pass(
                    BookingService.name,
                    REQUEST,
                    request -> done(),
                    (request, why) -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(traffic.underWay()).isZero();
  }

  @Test
  void anOperatorsCallIsNotWaitedForSinceItMayBeTheDrainItself() throws Exception {
    pass(ClusterService.name, request -> new CompletableFuture<>());

    assertThat(traffic.underWay()).isZero();
  }

  private CompletionStage<HttpResponse> pass(String service, GrpcEdge.Handler handler)
      throws Exception {
    return traffic.pass(service, REQUEST, handler, (request, why) -> done());
  }

  private static CompletionStage<HttpResponse> done() {
    return CompletableFuture.completedFuture(HttpResponse.create());
  }
}
