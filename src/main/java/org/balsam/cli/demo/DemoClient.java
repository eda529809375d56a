package org.balsam.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * One person who talks to the public API of a running Balsam. Blocking; safe for several threads.
 */
final class DemoClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String person;
  private final String authorization;

  DemoClient(URI base, String person, String password) {
    this.base = base;
    this.person = person;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((person + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** The answer to a call that Balsam did not carry out. */
  static final class Refused extends RuntimeException {
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  String person() {
    return person;
  }

  JsonNode get(String path) {
    return exchange(request(path).GET());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return exchange(json(path).POST(body(body)));
  }

  void put(String path, byte[] content) {
    exchange(request(path).PUT(BodyPublishers.ofByteArray(content)));
  }

  JsonNode put(String path, Map<String, ?> body) {
    return exchange(json(path).PUT(body(body)));
  }

  byte[] bytes(String path) {
    var answer = send(request(path).GET().build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new Refused(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  void download(String path, Path target) {
    var answer = send(request(path).GET().build(), BodyHandlers.ofFile(target));
    if (answer.statusCode() >= 300) {
      throw new Refused(answer.statusCode(), "GET " + path + " was not answered");
    }
  }

  private JsonNode exchange(HttpRequest.Builder request) {
    var answer = send(request.build(), BodyHandlers.ofString());
    var body = answer.body();
    if (answer.statusCode() >= 300) {
      throw new Refused(answer.statusCode(), detail(body));
    }
    try {
      return body.isEmpty() ? JSON.nullNode() : JSON.readTree(body);
    } catch (IOException malformed) {
      throw new IllegalStateException("Balsam answered something that is not JSON", malformed);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException failure) {
      throw new IllegalStateException("Balsam at " + base + " does not answer", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", authorization);
  }

  private static BodyPublisher body(Map<String, ?> body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String detail(String body) {
    try {
      return JSON.readTree(body).path("detail").asText(body);
    } catch (IOException notJson) {
      return body;
    }
  }
}
