package dev.usher.grpc;

import dev.usher.payment.PaymentWebhook;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * The two addresses of the client port that are the payment provider's and not gRPC: where it sends
 * its events, and the page to which it sends a buyer back after 3-D Secure. They are on the client
 * port because both come from outside, which the operations port never serves.
 */
final class PaymentDoor {
  static final String WEBHOOK = "/webhooks/stripe";
  static final String RETURNED = "/payments/returned";

  private static final long BODY_WITHIN_MS = 10_000;

  private final PaymentWebhook webhook;
  private final ActorSystem<?> system;

  PaymentDoor(PaymentWebhook webhook, ActorSystem<?> system) {
    this.webhook = webhook;
    this.system = system;
  }

  /** Empty for what comes to another door. */
  Optional<CompletionStage<HttpResponse>> handle(HttpRequest request) {
    return switch (request.getUri().path()) {
      case WEBHOOK -> Optional.of(receive(request));
      case RETURNED -> Optional.of(returned(request));
      default -> Optional.empty();
    };
  }

  private CompletionStage<HttpResponse> receive(HttpRequest request) {
    if (!request.method().equals(HttpMethods.POST)) {
      return refuse(request, StatusCodes.METHOD_NOT_ALLOWED, "Events are POSTed here.\n");
    }
    var signature = request.getHeader("Stripe-Signature").map(HttpHeader::value).orElse("");
    if (signature.isEmpty()) {
      return refuse(request, StatusCodes.BAD_REQUEST, "There is no Stripe-Signature.\n");
    }
    return request
        .entity()
        .withSizeLimit(PaymentWebhook.BODY_BYTES_MOST)
        // Without the second limit Pekko looks for one in its configuration at every request.
        .toStrict(BODY_WITHIN_MS, PaymentWebhook.BODY_BYTES_MOST, system)
        .thenApply(strict -> webhook.receive(signature, strict.getData().toArray()))
        .handle(
            (genuine, failure) ->
                failure == null && genuine
                    ? text(StatusCodes.OK, "")
                    : text(StatusCodes.BAD_REQUEST, "The event or its signature is not good.\n"));
  }

  /** Says nothing about the payment: what came of it is for the booking to say. */
  private CompletionStage<HttpResponse> returned(HttpRequest request) {
    request.discardEntityBytes(system);
    return CompletableFuture.completedFuture(
        HttpResponse.create()
            .withEntity(
                HttpEntities.create(
                    ContentTypes.TEXT_HTML_UTF8,
                    """
                    <!doctype html>
                    <html lang="en">
                    <meta charset="utf-8">
                    <meta name="viewport" content="width=device-width">
                    <title>Usher</title>
                    <p>Thank you. You can close this page: your booking goes on by itself.</p>
                    </html>
                    """)));
  }

  private CompletionStage<HttpResponse> refuse(HttpRequest request, StatusCode status, String why) {
    request.discardEntityBytes(system);
    return CompletableFuture.completedFuture(text(status, why));
  }

  private static HttpResponse text(StatusCode status, String text) {
    return HttpResponse.create().withStatus(status).withEntity(text);
  }
}
