package dev.usher.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The port for whoever looks after the node: {@code /live} (the process runs), {@code /ready} (it
 * serves clients; else 503 and what is missing), {@code /metrics} (Prometheus text format).
 */
final class OperationsServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(2, daemon());

  private OperationsServer(HttpServer server) {
    this.server = server;
    server.setExecutor(executor);
  }

  /**
   * Binds and serves.
   *
   * @param missing what keeps the node from serving; empty when nothing does
   * @param metrics the exposition, made anew at each request
   */
  static OperationsServer start(
      String host, int port, Supplier<Optional<String>> missing, Supplier<String> metrics) {
    var server = new OperationsServer(bind(host, port));
    server.page("/live", () -> new Page(200, "live\n"));
    server.page(
        "/ready",
        () ->
            missing
                .get()
                .map(what -> new Page(503, what + "\n"))
                .orElseGet(() -> new Page(200, "ready\n")));
    server.page("/metrics", () -> new Page(200, metrics.get()));
    server.server.start();
    return server;
  }

  private record Page(int status, String text) {}

  private static HttpServer bind(String host, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), 16);
    } catch (BindException e) {
      throw new ConfigurationException(
          "the operations port " + host + ":" + port + " is busy: " + e.getMessage());
    } catch (IOException e) {
      throw new ConfigurationException(
          "cannot open the operations port " + host + ":" + port + ": " + e.getMessage());
    }
  }

  private void page(String path, Supplier<Page> page) {
    server.createContext(path, exchange -> answer(exchange, path, page));
  }

  private static void answer(HttpExchange exchange, String path, Supplier<Page> pages)
      throws IOException {
    try (exchange) {
      var page =
          exchange.getRequestURI().getPath().equals(path)
              ? pages.get()
              : new Page(404, "there are /live, /ready and /metrics\n");
      byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(page.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return task -> {
      var thread = new Thread(task, "usher-operations");
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
