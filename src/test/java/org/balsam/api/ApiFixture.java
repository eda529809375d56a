package org.balsam.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Talks to the running API as any person, with real requests. */
final class ApiFixture {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "correct horse ";

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final UnaryOperator<String> authorization;

  ApiFixture(int port) {
    this(port, person -> basic(person, password(person)));
  }

  /** With another header {@code Authorization} of a person than their password. */
  ApiFixture(int port, UnaryOperator<String> authorization) {
    this.base = "http://127.0.0.1:" + port;
    this.authorization = authorization;
  }

  /** An answer. */
  record Reply(int status, String text, HttpResponse<byte[]> response) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException notJson) {
        throw new UncheckedIOException("not JSON: " + text, notJson);
      }
    }

    String code() {
      return json().path("code").asText();
    }

    String where() {
      return json().path("problems").path(0).path("where").asText();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  static String password(String person) {
    return PASSWORD + person;
  }

  Reply get(String person, String path) {
    return send(person, "GET", path, null);
  }

  Reply post(String person, String path, String json, String... headers) {
    return send(person, "POST", path, json, headers);
  }

  /** Sends JSON; nobody signs in for a null person. */
  Reply send(
      @Nullable String person,
      String method,
      String path,
      @Nullable String json,
      String... headers) {
    var body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    return send(person, method, path, body, "application/json", headers);
  }

  Reply send(
      @Nullable String person,
      String method,
      String path,
      BodyPublisher body,
      String contentType,
      String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", contentType)
            .method(method, body);
    if (person != null) {
      request.header("Authorization", authorization.apply(person));
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return exchange(request.build());
  }

  Reply exchange(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static String basic(String person, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((person + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
