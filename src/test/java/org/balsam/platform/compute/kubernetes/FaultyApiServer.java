package org.balsam.platform.compute.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Stands before the API server and answers some requests in its place. */
final class FaultyApiServer implements AutoCloseable {

  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection", "content-length", "host", "upgrade", "http2-settings", "transfer-encoding");

  /** One answer that is given instead. */
  record Fault(Predicate<HttpExchange> when, int code, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final HttpClient client;
  private final URI target;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FaultyApiServer(URI target, Path certificate) throws Exception {
    this.target = target;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls(certificate))
            .build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              var thread = new Thread(work, "faulty-api-server");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers the next request of this kind so. */
  void next(Predicate<HttpExchange> when, int code, Map<String, String> headers, String body) {
    faults.add(new Fault(when, code, headers, body));
  }

  /** How many faults nobody met. */
  int left() {
    return faults.size();
  }

  /** Method and address of all requests. */
  List<String> requests() {
    return requests;
  }

  static Predicate<HttpExchange> watches() {
    return exchange -> String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
  }

  static Predicate<HttpExchange> calls(String method, String path) {
    return exchange ->
        exchange.getRequestMethod().equals(method)
            && exchange.getRequestURI().getPath().endsWith(path);
  }

  static String status(int code, String reason, String message) {
    return """
        {"kind":"Status","apiVersion":"v1","status":"Failure","code":%d,"reason":"%s","message":"%s"}"""
        .formatted(code, reason, message);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    try (exchange) {
      for (var fault : faults) {
        if (fault.when().test(exchange) && faults.remove(fault)) {
          exchange.getRequestBody().readAllBytes();
          fault.headers().forEach(exchange.getResponseHeaders()::add);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          var body = fault.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(fault.code(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          return;
        }
      }
      pass(exchange);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange) throws IOException, InterruptedException {
    var body = exchange.getRequestBody().readAllBytes();
    var request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase())
                  && !name.toLowerCase().startsWith("sec-websocket")) {
                values.forEach(value -> request.header(name, value));
              }
            });
    var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase())) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    exchange.sendResponseHeaders(response.statusCode(), 0);
    try (var content = response.body();
        var out = exchange.getResponseBody()) {
      var buffer = new byte[8192];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }
  }

  private static SSLContext tls(Path certificate) throws Exception {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var pem = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
