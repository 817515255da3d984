package dev.usher.payment.sandbox;

import com.stripe.exception.StripeException;
import dev.usher.payment.PaymentProvider.Authorization;
import dev.usher.payment.PaymentProvider.AuthorizeOutcome;
import dev.usher.payment.PaymentProvider.Authorized;
import dev.usher.payment.PaymentProvider.Card;
import dev.usher.payment.PaymentProvider.Found;
import dev.usher.payment.PaymentProvider.Lookup;
import dev.usher.payment.PaymentProvider.MethodCreated;
import dev.usher.payment.PaymentProvider.Payment;
import dev.usher.payment.stripe.StripeProvider;
import dev.usher.payment.stripe.StripeSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A running sandbox, our client of it, and plain HTTP to it. */
public final class Till implements AutoCloseable {
  public static final String SECRET = "sk_test_a-secret-of-the-tests";
  public static final String GOOD_CARD = "4242424242424242";

  public final Sandbox sandbox;
  public final StripeProvider provider;
  public static final URI RETURN_URL = URI.create("http://127.0.0.1/returned");
  private final HttpClient http = HttpClient.newHttpClient();

  private Till(Sandbox sandbox, InstantSource clock) {
    this.sandbox = sandbox;
    this.provider =
        new StripeProvider(
            StripeSettings.of(URI.create(sandbox.baseUrl()), SECRET, RETURN_URL), clock);
  }

  public static Till open(Path dir) {
    return open(dir, InstantSource.system());
  }

  public static Till open(Path dir, InstantSource clock) {
    return new Till(Sandbox.start(settings(dir, 0), clock), clock);
  }

  static Till of(Sandbox sandbox) {
    return new Till(sandbox, InstantSource.system());
  }

  static SandboxSettings settings(Path dir, int port) {
    return new SandboxSettings("127.0.0.1", port, dir, SECRET);
  }

  /** A card that is good until long after these tests. */
  public static Card card(String number) {
    return new Card(number, 12, 2099, "123");
  }

  /** The token of a good card. */
  public String method() {
    return method(GOOD_CARD);
  }

  public String method(String number) {
    var outcome =
        await(provider.createPaymentMethod(card(number), "ann", "method/" + System.nanoTime()));
    return ((MethodCreated) outcome).paymentMethodId();
  }

  /** The id of a good card that belongs to nobody. */
  public String nobodysMethod() {
    try {
      return new Judge(sandbox).method(GOOD_CARD);
    } catch (StripeException e) {
      throw new IllegalStateException(e);
    }
  }

  public AuthorizeOutcome authorize(String bookingId, int attempt, String methodId) {
    return await(provider.authorize(authorization(bookingId, attempt, methodId)));
  }

  public static Authorization authorization(String bookingId, int attempt, String methodId) {
    return new Authorization(
        "events/e1/bookings/" + bookingId,
        bookingId,
        "ann",
        attempt,
        4_200,
        "EUR",
        methodId,
        false,
        System.currentTimeMillis());
  }

  /** The payment of a booking, authorized with a good card. */
  public String authorized(String bookingId) {
    return ((Authorized) authorize(bookingId, 1, method())).paymentId();
  }

  public Payment payment(String paymentId) {
    Optional<Payment> found = found(provider.find(paymentId));
    return found.orElseThrow();
  }

  public static <T> T found(CompletionStage<Lookup<T>> lookup) {
    return ((Found<T>) await(lookup)).value();
  }

  public static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** A POST of {@code name, value, name, value…} as any HTTP client would send it. */
  HttpResponse<String> post(String path, String key, String... params) throws Exception {
    var form = new StringBuilder();
    for (int i = 0; i < params.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(encode(params[i])).append('=');
      form.append(encode(params[i + 1]));
    }
    var request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return http.send(
        request.POST(HttpRequest.BodyPublishers.ofString(form.toString())).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + SECRET);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    provider.close();
    http.shutdownNow();
    sandbox.close();
  }
}
