package org.balsam.platform.compute.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.balsam.platform.compute.WorkspaceRuntime.Credential;

/** Asks a Jupyter Server when it was last used; the question itself is no use of it. */
public final class JupyterProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private JupyterProbe() {}

  /**
   * When the server was last used, empty while it does not answer within a second. A kernel that
   * computes is in use now, however long it says nothing.
   */
  public static Optional<Instant> lastActivity(Credential credential) {
    return answer(credential, "api/status")
        .map(status -> status.path("last_activity").asText())
        .flatMap(JupyterProbe::instant)
        .map(used -> isComputing(credential) ? Instant.now() : used);
  }

  private static boolean isComputing(Credential credential) {
    return answer(credential, "api/kernels").stream()
        .flatMap(kernels -> StreamSupport.stream(kernels.spliterator(), false))
        .anyMatch(kernel -> kernel.path("execution_state").asText().equals("busy"));
  }

  private static Optional<JsonNode> answer(Credential credential, String path) {
    var request =
        HttpRequest.newBuilder(credential.url().resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "token " + credential.token())
            .build();
    try {
      var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException notUp) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
