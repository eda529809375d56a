package org.balsam.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Balsam's API as the people of demo mode use it. */
public final class Api {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI base;
  private final UnaryOperator<String> authorization;

  public Api(URI base) {
    this(base, Api::basic);
  }

  /** People who show what {@code authorization} gives for their id. */
  public Api(URI base, UnaryOperator<String> authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  /** The server has gone, or answers that it cannot right now. */
  public static final class Gone extends RuntimeException {
    public Gone(String message, Exception cause) {
      super(message, cause);
    }
  }

  /** An answer. */
  public record Answer(int status, JsonNode body, String text) {}

  public static boolean answers(URI address) {
    try {
      var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public Answer get(String person, String path) {
    return send("GET", person, path, BodyPublishers.noBody(), "json");
  }

  public Answer post(String person, String path, Map<String, ?> body) {
    return send("POST", person, path, json(body), "json");
  }

  private static BodyPublisher json(Map<String, ?> body) {
    return BodyPublishers.ofString(JSON.valueToTree(body).toString());
  }

  public Answer put(String person, String path, byte[] content) {
    return send("PUT", person, path, BodyPublishers.ofByteArray(content), "octet-stream");
  }

  public Answer put(String person, String path, Map<String, ?> body) {
    return send("PUT", person, path, json(body), "json");
  }

  public void download(String person, String path, Path target)
      throws IOException, InterruptedException {
    var answer = HTTP.send(request(person, path).build(), BodyHandlers.ofFile(target));
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("GET " + path + " answered " + answer.statusCode());
    }
  }

  private Answer send(String method, String person, String path, BodyPublisher body, String type) {
    var request =
        request(person, path).method(method, body).header("Content-Type", "application/" + type);
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      var text = answer.body();
      var isJson = text.startsWith("{") || text.startsWith("[");
      return new Answer(answer.statusCode(), isJson ? JSON.readTree(text) : JSON.nullNode(), text);
    } catch (IOException died) {
      throw new Gone(method + " " + path, died);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpRequest.Builder request(String person, String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", authorization.apply(person));
  }

  private static String basic(String person) {
    var login = (person + ":balsam").getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }
}
