package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.Cashier.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * What the sandbox answers, apart from HTTP. Stripe's: payment methods, customers, PaymentIntents,
 * refunds. Ours: {@code GET /usher/summary}, counts and sums of everything as {@link Books.Summary}
 * has them; {@code /usher/faults}, see {@link FaultDesk}; {@code GET /health}; the page of 3-D
 * Secure.
 */
final class Api {
  static final String INTENTS = "/v1/payment_intents";
  static final String METHODS = "/v1/payment_methods";
  static final String CUSTOMERS = "/v1/customers";

  private static final int MAX_KEY = 255;

  private final Ledger ledger;
  private final Desks desks;
  private final Reads reads;
  private final StripeJson json;
  private final AuthenticationPage page;
  private final Fingerprint fingerprint;
  private final byte[] secretDigest;

  /** Who decides what. */
  record Desks(Cashier cashier, IntentClerk intents, Witness witness, FaultDesk faults) {}

  Api(Ledger ledger, Desks desks, StripeJson json, String secretKey) {
    this.ledger = ledger;
    this.desks = desks;
    this.reads = new Reads(ledger, json);
    this.json = json;
    this.page = new AuthenticationPage(ledger, this::authenticate);
    this.fingerprint = new Fingerprint(secretKey);
    this.secretDigest = sha256("Bearer " + secretKey);
  }

  /**
   * A request.
   *
   * @param form the body of a POST, the query string of a GET
   */
  record Request(
      String method, String path, String form, String authorization, Optional<String> key) {
    boolean isGet() {
      return method.equals("GET");
    }

    boolean isPost() {
      return method.equals("POST");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * An answer.
   *
   * @param location where a browser is sent on to
   */
  record Response(
      int status, String body, boolean html, boolean replayed, Optional<String> location) {
    static Response of(ApiError error) {
      return json(error.status(), StripeJson.error(error, null).toString());
    }

    static Response json(int status, String body) {
      return new Response(status, body, false, false, Optional.empty());
    }

    static Response page(int status, String html) {
      return new Response(status, html, true, false, Optional.empty());
    }

    static Response redirect(String location) {
      return new Response(303, "", true, false, Optional.of(location));
    }
  }

  /** Never fails. */
  CompletionStage<Response> handle(Request request) {
    try {
      return desks
          .faults()
          .around(Operation.of(request.method(), request.path()), work(request))
          .exceptionally(Api::trouble);
    } catch (Params.Refused e) {
      return done(Response.of(e.error()));
    }
  }

  private FaultDesk.Work work(Request request) {
    return new FaultDesk.Work() {
      @Override
      public CompletionStage<Response> get() {
        return route(request);
      }

      @Override
      public CompletionStage<Response> fail(ApiError error) {
        return isAuthorized(request) && request.isPost()
            ? write(request, Params.parse(request.form()), (books, now) -> Decision.no(error))
            : done(Response.of(error));
      }
    };
  }

  private static Response trouble(Throwable thrown) {
    var cause =
        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    return Response.of(
        cause instanceof Params.Refused refused ? refused.error() : ApiError.broken());
  }

  private CompletionStage<Response> route(Request request) {
    if (request.isGet() && request.path().equals("/health")) {
      return ledger.read(books -> Response.json(200, "{\"status\":\"ok\"}"));
    }
    if (request.path().startsWith(AuthenticationPage.PATH)) {
      return page.handle(request);
    }
    if (!isAuthorized(request)) {
      return done(Response.of(ApiError.unauthorized()));
    }
    var params = Params.parse(request.form());
    return switch (request.toString()) {
      case "GET /usher/summary" ->
          ledger.read(Books::summary).thenApply(sums -> Response.json(200, StripeJson.text(sums)));
      case "GET /usher/faults" -> done(desks.faults().list());
      case "POST /usher/faults" -> done(desks.faults().change(params));
      default ->
          request.isGet()
              ? reads.answer(request.path(), params).orElseGet(() -> unknown(request))
              : request.isPost() ? post(request, params) : unknown(request);
    };
  }

  private boolean isAuthorized(Request request) {
    return MessageDigest.isEqual(secretDigest, sha256(request.authorization()));
  }

  private CompletionStage<Response> post(Request request, Params params) {
    var cashier = desks.cashier();
    var intents = desks.intents();
    return switch (request.path()) {
      case METHODS ->
          write(request, params, (books, now) -> cashier.createMethod(books, params, now));
      case CUSTOMERS ->
          write(request, params, (books, now) -> cashier.createCustomer(books, params, now));
      case INTENTS -> write(request, params, (books, now) -> intents.create(books, params, now));
      case "/v1/refunds" ->
          write(request, params, (books, now) -> cashier.refund(books, params, now));
      default -> change(request, params);
    };
  }

  private CompletionStage<Response> change(Request request, Params params) {
    var path = request.path().split("/", -1);
    if (path.length != 5 || !path[1].equals("v1")) {
      return unknown(request);
    }
    var id = path[3];
    var intents = desks.intents();
    return switch (path[2] + " " + path[4]) {
      case "payment_methods detach" ->
          write(request, params, (books, now) -> desks.cashier().detach(books, id));
      case "payment_intents confirm" ->
          write(request, params, (books, now) -> intents.confirm(books, id, params));
      case "payment_intents capture" ->
          write(request, params, (books, now) -> intents.capture(books, id, params));
      case "payment_intents cancel" ->
          write(request, params, (books, now) -> intents.cancel(books, id));
      default -> unknown(request);
    };
  }

  private CompletionStage<Response> write(
      Request request, Params params, BiFunction<Books, Long, Decision> decide) {
    var key = request.key().orElse(null);
    if (key != null && (key.isEmpty() || key.length() > MAX_KEY)) {
      throw new Params.Refused(
          ApiError.parameter("", "An Idempotency-Key has 1 to " + MAX_KEY + " characters."));
    }
    var print = fingerprint.of(request.path(), params);
    return ledger
        .write(new Ledger.Write(key, print, witnessed(decide)))
        .thenApply(
            answer -> {
              var error = answer.entry().error();
              return new Response(
                  error == null ? 200 : error.status(),
                  json.answer(answer.entry(), params).toString(),
                  false,
                  answer.replayed(),
                  Optional.empty());
            });
  }

  /** What the buyer did on the page. */
  private CompletionStage<Ledger.Answer> authenticate(String intentId, boolean approved) {
    return ledger.write(
        new Ledger.Write(
            null,
            "",
            witnessed((books, now) -> desks.intents().authenticate(books, intentId, approved))));
  }

  private BiFunction<Books, Long, Decision> witnessed(BiFunction<Books, Long, Decision> decide) {
    return (books, now) -> desks.witness().watch(decide.apply(books, now), books, now);
  }

  private static CompletionStage<Response> unknown(Request request) {
    return done(Response.of(ApiError.unknownUrl(request.method(), request.path())));
  }

  private static CompletionStage<Response> done(Response response) {
    return CompletableFuture.completedFuture(response);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
