package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.payment.PaymentWebhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The payment provider's two addresses beside gRPC. */
class PaymentDoorTest {
  private static final Queue<String> TAKEN = new ConcurrentLinkedQueue<>();
  private static House house;
  private static HttpClient browser;

  @BeforeAll
  static void open() {
    PaymentWebhook webhook =
        (signature, body) ->
            signature.equals("good") && TAKEN.add(new String(body, StandardCharsets.UTF_8));
    house = new House(NoProvider.get(), webhook, WatchSettings.DEFAULT);
    browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void close() {
    browser.close();
    house.close();
  }

  private static HttpRequest.Builder request(String path) {
    var address = house.edge.address();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path));
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return browser.send(request, BodyHandlers.ofString());
  }

  private static int post(String signature, String body) throws Exception {
    var request = request(PaymentDoor.WEBHOOK).POST(BodyPublishers.ofString(body));
    return send(signature.isEmpty() ? request.build() : signed(request, signature)).statusCode();
  }

  private static HttpRequest signed(HttpRequest.Builder request, String signature) {
    return request.header("Stripe-Signature", signature).build();
  }

  @Test
  void aGenuineEventIsTaken() throws Exception {
    assertThat(post("good", "{\"id\":\"evt_1\"}")).isEqualTo(200);
    assertThat(TAKEN).contains("{\"id\":\"evt_1\"}");
  }

  @Test
  void anyOtherIsABadRequest() throws Exception {
    assertThat(post("bad", "{}")).isEqualTo(400);
    assertThat(post("", "{}")).isEqualTo(400);
    assertThat(post("good", "x".repeat(PaymentWebhook.BODY_BYTES_MOST + 1))).isEqualTo(400);
    assertThat(TAKEN).doesNotContain("{}");
  }

  @Test
  void eventsAreOnlyPosted() throws Exception {
    assertThat(send(request(PaymentDoor.WEBHOOK).build()).statusCode()).isEqualTo(405);
  }

  @Test
  void aBuyerComesBackToAPage() throws Exception {
    var page = send(request(PaymentDoor.RETURNED + "?payment_intent=pi_1").build());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("close this page").doesNotContain("pi_1");
  }
}
