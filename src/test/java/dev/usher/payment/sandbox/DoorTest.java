package dev.usher.payment.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who and what is turned away at the sandbox's door. */
class DoorTest {
  @TempDir static Path dir;
  private static Till till;

  @BeforeAll
  static void open() {
    till = Till.open(dir);
  }

  @AfterAll
  static void close() {
    till.close();
  }

  private static int status(String authorization) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var url = URI.create(till.sandbox.baseUrl() + "/v1/payment_intents");
      var request = HttpRequest.newBuilder(url).header("Authorization", authorization).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  @Test
  void onlyTheSecretKeyOpens() throws Exception {
    assertThat(status("Bearer " + Till.SECRET)).isEqualTo(200);
    assertThat(status("Bearer " + Till.SECRET + "x")).isEqualTo(401);
    assertThat(status("Bearer ")).isEqualTo(401);
  }

  @Test
  void anybodyMayAskForItsHealth() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var url = URI.create(till.sandbox.baseUrl() + "/health");
      var answer =
          http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws Exception {
    var answer = till.post("/v1/refunds", "", "payment_intent", "x".repeat(70_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(till.get("/usher/summary").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownUrlIsNamed() throws Exception {
    var answer = till.get("/v1/customers");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Unrecognized request URL (GET: /v1/customers).");
  }

  @Test
  void aNumberThatIsNoneIsRefusedByItsName() throws Exception {
    var answer = till.post("/v1/payment_intents", "", "amount", "-5", "currency", "eur");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"param\":\"amount\"");
  }

  @Test
  void aSearchOutsideTheLanguageIsRefused() throws Exception {
    assertThat(till.get("/v1/payment_intents/search?query=amount%3A5").statusCode()).isEqualTo(400);
    assertThat(till.get("/v1/payment_intents/search?query=status%3A'x'+AND+").statusCode())
        .isEqualTo(400);
  }
}
