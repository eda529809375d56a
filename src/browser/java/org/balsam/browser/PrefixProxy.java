package org.balsam.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A reverse proxy that shows a server below a prefix, and passes each piece on as it comes. */
final class PrefixProxy implements AutoCloseable {

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "host", "content-length", "upgrade", "transfer-encoding", "keep-alive");
  private static final int PIECE = 8192;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI target;
  private final String prefix;

  PrefixProxy(URI target, String prefix) {
    this.target = target;
    this.prefix = prefix;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext(prefix + "/", this::pass);
    server.start();
  }

  /** Where people find the server, with a slash at its end. */
  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix + "/");
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = client.send(request(exchange), BodyHandlers.ofInputStream());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_THE_CONNECTION.contains(name) && !name.startsWith(":")) {
                  values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
              });
      copy(answer, exchange);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange) throws IOException {
    var asked = exchange.getRequestURI().toString().substring(prefix.length());
    var request =
        HttpRequest.newBuilder(target.resolve(asked))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
            .header("X-Forwarded-Prefix", prefix)
            .header("X-Forwarded-Proto", "http")
            .header("X-Forwarded-Host", exchange.getRequestHeaders().getFirst("Host"));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void copy(HttpResponse<InputStream> answer, HttpExchange exchange)
      throws IOException {
    var isEmpty = answer.statusCode() == 204 || answer.statusCode() == 304;
    exchange.sendResponseHeaders(answer.statusCode(), isEmpty ? -1 : 0);
    if (isEmpty) {
      return;
    }
    var piece = new byte[PIECE];
    try (var in = answer.body();
        var out = exchange.getResponseBody()) {
      for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
        out.write(piece, 0, read);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
