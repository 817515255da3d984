package dev.usher.payment.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Form in, JSON out. Every POST happens once, by its idempotency key or by the state of what it
 * changes, so a request whose connection broke is sent again without danger; one that took too long
 * is not: its time is up.
 */
final class StripeHttp implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whose shapes this room reads; without it an account's own default counts. */
  private static final String API_VERSION = "2026-07-29.dahlia";

  private static final int MAX_KEY = 255;

  private final StripeSettings settings;
  private final HttpClient client;

  StripeHttp(StripeSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .executor(threads())
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.requestTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * As many as the client's own would be, which end by themselves, too. With its own it would hand
   * every answer on to the common pool, one hop more.
   */
  private static ExecutorService threads() {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name("usher-payment-", 0).factory());
  }

  /** What came back. */
  sealed interface Reply {
    /** An answer with a JSON body. */
    record Answered(int status, JsonNode body) implements Reply {
      boolean ok() {
        return status >= 200 && status < 300;
      }

      JsonNode error() {
        return body.path("error");
      }
    }

    /**
     * No answer, or one that says nothing about what was done (5xx).
     *
     * @param replayed it is the first answer to the key once more: what was asked for goes on no
     *     longer, whatever came of it
     */
    record Silent(String message, boolean replayed) implements Reply {}
  }

  CompletableFuture<Reply> get(String path, Map<String, String> params) {
    var url = params.isEmpty() ? path : path + "?" + encode(params);
    return attempt(request(url).GET().build(), 0);
  }

  /** Makes something, once for each key. */
  CompletableFuture<Reply> post(String path, Map<String, String> params, String idempotencyKey) {
    var request = form(path, params).header("Idempotency-Key", headerSafe(idempotencyKey));
    return attempt(request.build(), 0);
  }

  /**
   * Changes something that can be changed so once only. Under a key Stripe would repeat its first
   * answer for 24 hours, a 500 too (docs.stripe.com/api/idempotent_requests).
   */
  CompletableFuture<Reply> post(String path, Map<String, String> params) {
    return attempt(form(path, params).build(), 0);
  }

  private HttpRequest.Builder form(String path, Map<String, String> params) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(encode(params)));
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(settings.baseUrl() + pathAndQuery))
        .header("Authorization", "Bearer " + settings.secretKey())
        .header("Stripe-Version", API_VERSION);
  }

  private CompletableFuture<Reply> attempt(HttpRequest request, int done) {
    return exchange(request)
        .thenApply(response -> new Attempt(read(response), mayRepeat(response.statusCode())))
        .exceptionally(this::failed)
        .thenCompose(
            attempt ->
                attempt.repeatable() && done < settings.retryDelays().size()
                    ? again(request, done)
                    : CompletableFuture.completedFuture(attempt.reply()));
  }

  private CompletableFuture<Reply> again(HttpRequest request, int done) {
    Duration delay = settings.retryDelays().get(done);
    return new CompletableFuture<@Nullable Void>()
        .completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(waited -> attempt(request, done + 1));
  }

  private record Attempt(Reply reply, boolean repeatable) {}

  private Attempt failed(Throwable failure) {
    var cause = unwrap(failure);
    return new Attempt(new Reply.Silent(describe(cause), false), cause instanceof IOException);
  }

  /** Bounds the whole exchange; the client's own timeout ends with the headers. */
  private CompletableFuture<HttpResponse<String>> exchange(HttpRequest request) {
    var exchange = client.sendAsync(request, BodyHandlers.ofString());
    return exchange
        .copy()
        .orTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (response, failure) -> {
              if (failure != null) {
                exchange.cancel(true);
              }
            });
  }

  private static boolean mayRepeat(int status) {
    return status == 409 || status == 429;
  }

  private static Reply read(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status >= 500 || mayRepeat(status)) {
      return new Reply.Silent("the payment provider answered HTTP " + status, replayed(response));
    }
    try {
      return new Reply.Answered(status, MAPPER.readTree(response.body()));
    } catch (JsonProcessingException e) {
      return new Reply.Silent(
          "the payment provider answered HTTP " + status + " without JSON", replayed(response));
    }
  }

  private static boolean replayed(HttpResponse<String> response) {
    return response.headers().firstValue("Idempotent-Replayed").orElse("").equals("true");
  }

  private String describe(Throwable cause) {
    return switch (cause) {
      case TimeoutException e -> "the payment provider did not answer in time";
      case ConnectException e -> "no connection to the payment provider " + settings.baseUrl();
      default ->
          "the connection to the payment provider broke: " + cause.getClass().getSimpleName();
    };
  }

  private static Throwable unwrap(Throwable failure) {
    return Optional.ofNullable(failure.getCause())
        .filter(cause -> failure instanceof CompletionException)
        .orElse(failure);
  }

  private static String encode(Map<String, String> params) {
    return params.entrySet().stream()
        .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A key that does not fit into a header is represented by its digest. */
  private static String headerSafe(String key) {
    boolean fits =
        !key.isEmpty() && key.length() <= MAX_KEY && key.chars().allMatch(c -> c > ' ' && c < 127);
    if (fits) {
      return key;
    }
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
