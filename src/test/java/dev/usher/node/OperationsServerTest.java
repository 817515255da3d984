package dev.usher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsServerTest {
  private final AtomicReference<Optional<String>> missing =
      new AtomicReference<>(Optional.of("no leader"));
  private OperationsServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    port = freePort();
    server = OperationsServer.start("127.0.0.1", port, missing::get, () -> "figures 1\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNodeThatDoesNotServeIsLiveAndSaysWhatIsMissing() throws Exception {
    assertThat(get("/live").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).isEqualTo("no leader\n");
  }

  @Test
  void aNodeThatServesIsReady() throws Exception {
    missing.set(Optional.empty());

    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).isEqualTo("figures 1\n");
  }

  @Test
  void anotherPathIsNotFoundAndToldWhatThereIs() throws Exception {
    assertThat(get("/ready/or/not").statusCode()).isEqualTo(404);
    assertThat(get("/live/x").body()).contains("/live, /ready and /metrics");
  }

  @Test
  void aBusyPortIsNamed() {
    assertThatThrownBy(() -> OperationsServer.start("127.0.0.1", port, Optional::empty, () -> ""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("operations port 127.0.0.1:" + port + " is busy");
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
