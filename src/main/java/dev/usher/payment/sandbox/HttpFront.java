package dev.usher.payment.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;

/** Carries requests from Pekko HTTP to the {@link Api} and back; writes no body into a log. */
final class HttpFront {
  private static final long BODY_TIMEOUT_MS = 5_000;
  private static final List<HttpHeader> REPLAYED =
      List.of(RawHeader.create("Idempotent-Replayed", "true"));

  private final Api api;
  private final ActorSystem<?> system;

  HttpFront(Api api, ActorSystem<?> system) {
    this.api = api;
    this.system = system;
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    boolean post = request.method().equals(HttpMethods.POST);
    CompletionStage<String> form =
        post ? body(request) : CompletableFuture.completedFuture(query(request));
    if (!post) {
      request.discardEntityBytes(system);
    }
    // Off the ledger's thread: writing answers must not hold up the next fsync.
    return form.thenCompose(text -> api.handle(read(request, text)))
        .thenApplyAsync(HttpFront::write, system.executionContext())
        .exceptionally(HttpFront::refuse);
  }

  private CompletionStage<String> body(HttpRequest request) {
    return request
        .entity()
        .toStrict(BODY_TIMEOUT_MS, system)
        .thenApply(strict -> strict.getData().decodeString(StandardCharsets.UTF_8));
  }

  private static String query(HttpRequest request) {
    return request.getUri().rawQueryString().orElse("");
  }

  private static Api.Request read(HttpRequest request, String form) {
    return new Api.Request(
        request.method().name(),
        request.getUri().path(),
        form,
        header(request, "Authorization").orElse(""),
        header(request, "Idempotency-Key"));
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static HttpResponse write(Api.Response response) {
    var type = response.html() ? ContentTypes.TEXT_HTML_UTF8 : ContentTypes.APPLICATION_JSON;
    var answer =
        HttpResponse.create()
            .withStatus(StatusCodes.get(response.status()))
            .addHeaders(response.replayed() ? REPLAYED : List.of())
            .withEntity(HttpEntities.create(type, response.body()));
    return response
        .location()
        .map(to -> answer.addHeader(RawHeader.create("Location", to)))
        .orElse(answer);
  }

  private static HttpResponse refuse(Throwable thrown) {
    var cause =
        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    boolean tooLong = cause instanceof EntityStreamSizeException;
    return write(
        Api.Response.of(
            new ApiError(
                tooLong ? 413 : 400,
                "invalid_request_error",
                tooLong ? "body_too_long" : "body_unreadable",
                null,
                tooLong ? "The body has more than 64 KiB." : "The body could not be read.",
                null)));
  }
}
