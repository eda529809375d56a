package org.balsam.platform.messaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server of HTTP that does as it is told: answers, refuses, hangs, redirects, breaks. */
public final class HttpReceiver implements AutoCloseable {

  /** What goes wrong. */
  public enum Fault {
    NONE,
    BUSY,
    REFUSE,
    HANG,
    BREAK,
    REDIRECT
  }

  /** What arrived. */
  public record Received(String method, String path, Map<String, String> headers, String body) {}

  /** What to answer. */
  public record Answer(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Function<Received, Answer> behaviour;
  private volatile Fault fault = Fault.NONE;

  public HttpReceiver(Function<Received, Answer> behaviour) throws IOException {
    this.behaviour = behaviour;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  public void doing(Fault now) {
    fault = now;
  }

  public List<Received> received() {
    return received;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var request =
        new Received(
            exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
    switch (fault) {
      case NONE -> {
        received.add(request);
        var answer = behaviour.apply(request);
        send(exchange, answer.status(), answer.body());
      }
      case BUSY -> {
        exchange.getResponseHeaders().add("Retry-After", "120");
        send(exchange, 429, "slow down");
      }
      case REFUSE -> send(exchange, 403, "go away");
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", url("/elsewhere"));
        send(exchange, 307, "");
      }
      case BREAK -> exchange.close();
      case HANG -> await();
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
