package org.balsam.platform.compute.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.balsam.platform.compute.WorkspaceRuntime.Credential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read from the answers of Jupyter Server's REST API. */
class JupyterProbeTest {

  private static final String STATUS =
      """
      {"started": "2026-11-02T07:00:00.000000Z", "last_activity": "2026-11-02T08:00:00.123456Z",
       "connections": 0, "kernels": 1}""";
  private static final String KERNELS =
      """
      [{"id": "a", "name": "python3", "last_activity": "2026-11-02T08:00:00.123456Z",
        "execution_state": "%s", "connections": 1}]""";

  private HttpServer server;
  private Credential credential;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    credential =
        new Credential(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "secret");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(Map<String, String> bodies) {
    bodies.forEach(
        (path, body) ->
            server.createContext(
                path,
                exchange -> {
                  var known =
                      "token secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                  var bytes = body.getBytes();
                  exchange.sendResponseHeaders(known ? 200 : 403, bytes.length);
                  exchange.getResponseBody().write(bytes);
                  exchange.close();
                }));
  }

  @Test
  void anIdleKernelIsNoUse() {
    answers(Map.of("/api/status", STATUS, "/api/kernels", KERNELS.formatted("idle")));
    assertThat(JupyterProbe.lastActivity(credential))
        .contains(Instant.parse("2026-11-02T08:00:00.123456Z"));
  }

  @Test
  void aKernelThatComputesSilentlyIsUsedNow() {
    answers(Map.of("/api/status", STATUS, "/api/kernels", KERNELS.formatted("busy")));
    assertThat(JupyterProbe.lastActivity(credential).orElseThrow())
        .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
  }

  @Test
  void aServerThatAnswersOtherwiseIsNotUpYet() {
    assertThat(JupyterProbe.lastActivity(credential)).isEmpty();
    answers(Map.of("/api/status", "{\"last_activity\": \"now\"}"));
    assertThat(JupyterProbe.lastActivity(credential)).isEmpty();
    assertThat(JupyterProbe.lastActivity(new Credential(credential.url(), "other"))).isEmpty();
  }
}
