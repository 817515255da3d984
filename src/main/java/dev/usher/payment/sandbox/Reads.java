package dev.usher.payment.sandbox;

import dev.usher.payment.sandbox.Api.Response;
import dev.usher.payment.sandbox.LedgerObject.Intent;
import dev.usher.payment.sandbox.LedgerObject.Refund;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** The questions of Stripe's API: retrieve, list, search. They change nothing. */
final class Reads {
  private static final int PAGE = 10;
  private static final int MAX_PAGE = 100;
  private static final String INTENTS = Api.INTENTS;
  private static final String REFUNDS = "/v1/refunds";
  private static final String METHODS = Api.METHODS;
  private static final String CUSTOMERS = Api.CUSTOMERS;

  private final Ledger ledger;
  private final StripeJson json;

  Reads(Ledger ledger, StripeJson json) {
    this.ledger = ledger;
    this.json = json;
  }

  /** Empty for a path that there isn't. */
  Optional<CompletionStage<Response>> answer(String path, Params params) {
    return switch (path) {
      case INTENTS -> Optional.of(intents(params));
      case INTENTS + "/search" -> Optional.of(search(params));
      case REFUNDS -> Optional.of(refunds(params));
      default -> {
        int last = path.lastIndexOf('/');
        var id = path.substring(last + 1);
        yield switch (path.substring(0, last)) {
          case INTENTS ->
              Optional.of(
                  one(
                      "payment_intent",
                      id,
                      "intent",
                      books -> books.intent(id),
                      params.expands("latest_charge")));
          case REFUNDS ->
              Optional.of(one("refund", id, "refund", books -> books.refunds().find(id), false));
          case METHODS ->
              Optional.of(
                  one("PaymentMethod", id, "payment_method", books -> books.method(id), false));
          case CUSTOMERS ->
              Optional.of(one("customer", id, "customer", books -> books.customer(id), false));
          default -> Optional.empty();
        };
      }
    };
  }

  private CompletionStage<Response> one(
      String kind,
      String id,
      String param,
      Function<Books, Optional<? extends LedgerObject>> find,
      boolean expand) {
    return ledger
        .<Optional<LedgerObject>>read(books -> find.apply(books).map(found -> found))
        .thenApply(
            found ->
                found
                    .map(object -> Response.json(200, json.object(object, expand).toString()))
                    .orElseGet(() -> Response.of(ApiError.missing(404, kind, id, param))));
  }

  private CompletionStage<Response> intents(Params params) {
    var after = params.find("starting_after").orElse("");
    var customer = params.find("customer");
    return page(
        "list",
        INTENTS,
        params,
        books -> {
          if (customer.isPresent() && customer.flatMap(books::customer).isEmpty()) {
            throw noSuch("customer", customer.get(), "customer");
          }
          return books
              .newestFirst(after)
              .orElseThrow(() -> noSuch("payment_intent", after, "starting_after"))
              .filter(intent -> customer.isEmpty() || customer.get().equals(intent.customerId()));
        });
  }

  /** Pages of a search are named by the last payment before them. */
  private CompletionStage<Response> search(Params params) {
    var query = SearchQuery.parse(params.require("query"));
    var after = params.find("page").orElse("");
    return page(
        "search_result",
        INTENTS + "/search",
        params,
        books ->
            after.isEmpty()
                ? books.search(query)
                : books.search(query).dropWhile(intent -> !intent.id().equals(after)).skip(1));
  }

  private CompletionStage<Response> page(
      String kind, String url, Params params, Function<Books, Stream<Intent>> query) {
    boolean expand = params.expands("data.latest_charge");
    return list(kind, url, params, query, expand);
  }

  private CompletionStage<Response> refunds(Params params) {
    boolean some = params.find("payment_intent").isPresent() || params.find("charge").isPresent();
    var intentId = some ? Cashier.refundedIntent(params) : "";
    var after = params.find("starting_after").orElse("");
    return list(
        "list",
        REFUNDS,
        params,
        books -> {
          var all = some ? books.refunds().of(intentId).reversed() : books.refunds().all();
          if (after.isEmpty()) {
            return all.stream();
          }
          if (books.refunds().find(after).isEmpty()) {
            throw noSuch("refund", after, "starting_after");
          }
          return all.stream().dropWhile((Refund refund) -> !refund.id().equals(after)).skip(1);
        },
        false);
  }

  private <T extends LedgerObject> CompletionStage<Response> list(
      String kind, String url, Params params, Function<Books, Stream<T>> query, boolean expand) {
    int limit = params.find("limit").isPresent() ? (int) params.number("limit", 1, MAX_PAGE) : PAGE;
    return ledger
        .<List<T>>read(books -> query.apply(books).limit(limit + 1L).toList())
        .thenApply(
            found -> {
              var shown = found.subList(0, Math.min(limit, found.size()));
              boolean more = found.size() > limit;
              var next = more ? Optional.of(shown.getLast().id()) : Optional.<String>empty();
              return Response.json(
                  200,
                  StripeJson.list(
                          kind, url, shown, next, more, object -> json.object(object, expand))
                      .toString());
            });
  }

  private static Params.Refused noSuch(String kind, String id, String param) {
    return new Params.Refused(ApiError.missing(400, kind, id, param));
  }
}
