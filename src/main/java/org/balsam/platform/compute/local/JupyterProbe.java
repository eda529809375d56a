package org.balsam.platform.compute.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.balsam.platform.compute.WorkspaceRuntime.Credential;

/** Asks a Jupyter Server on loopback when it was last used; the question itself is no use of it. */
final class JupyterProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private JupyterProbe() {}

  /** When the server was last used, empty while it does not answer within a second. */
  static Optional<Instant> lastActivity(Credential credential) {
    var request =
        HttpRequest.newBuilder(credential.url().resolve("api/status"))
            .timeout(PATIENCE)
            .header("Authorization", "token " + credential.token())
            .build();
    try {
      var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? Optional.of(
              Instant.parse(JSON.readTree(response.body()).path("last_activity").asText()))
          : Optional.empty();
    } catch (IOException | DateTimeException notUp) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
