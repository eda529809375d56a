package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.testing.Browser;
import org.junit.jupiter.api.Test;

/** The trail as it grows: who gets what, where it goes on after a drop, and when it ends. */
class TrailStreamTest extends ApiTestBase {

  private static final String STREAM = "/api/v1/audit/events/stream";
  private static final Pattern INDEX = Pattern.compile("\"index\":(\\d+)");

  @Test
  void eventsArriveInTheOrderOfTheTree() {
    try (var stream = new Stream("owner", "?project=" + P)) {
      startRound("owner", "1982-q1");
      var round = "emp-secret-1982-q1-r0";
      await(() -> stream.has(round) && stream.has("\"action\":\"task.created\""));
      assertThat(stream.indices()).hasSizeGreaterThan(2).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void oneSubjectIsFollowedAlone() {
    var round = "emp-secret-1982-q2-r0";
    try (var stream = new Stream("owner", "?project=" + P + "&subject=" + round)) {
      startRound("owner", "1982-q3");
      startRound("owner", "1982-q2");
      await(() -> stream.has("\"subject\":\"" + round));
      assertThat(stream.data()).allSatisfy(line -> assertThat(line).contains(round));
    }
  }

  /** What was sealed while nobody listened comes first, once, and nothing before it. */
  @Test
  void aDroppedConnectionGoesOnWhereItBroke() {
    startRound("owner", "1983-q1");
    var everything = "?seconds=0&after=-1&project=" + P;
    await(() -> indices(read("owner", everything)).size() > 3);
    var all = indices(read("owner", everything));
    assertThat(all).isSorted().doesNotHaveDuplicates();
    var known = all.get(all.size() - 3);
    var rest = all.subList(all.size() - 2, all.size());
    var header = "Last-Event-ID";
    assertThat(indices(read("owner", everything, header, known.toString())))
        .startsWith(rest.toArray(Long[]::new));
    assertThat(indices(read("owner", "?seconds=0&project=" + P + "&after=" + known)))
        .startsWith(rest.toArray(Long[]::new));
  }

  @Test
  void whoIsFarBehindIsToldSo() {
    var text = read("owner", "?seconds=0&project=" + P + "&after=99999999");
    assertThat(text).contains("event: missed").doesNotContain("event: recorded");
  }

  @Test
  void othersGetNothing() {
    startRound("owner", "1983-q2");
    await(() -> read("owner", "?seconds=0&after=-1").contains("emp-secret-1983-q2-r0"));
    assertThat(read(OUTSIDER, "?seconds=0&after=-1")).contains("retry:").doesNotContain(P);
    assertThat(api.get(OUTSIDER, STREAM + "?seconds=0&project=" + P).status()).isEqualTo(404);
    for (var wrong : List.of("seconds=601", "seconds=-1", "after=-2", "after=x")) {
      assertThat(api.get("owner", STREAM + "?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void whoLosesTheProjectGetsNothingMore() {
    directory.setRoles(new ProjectId(P), "methodology", Set.of(Role.METHODOLOGY));
    try (var stream = new Stream("methodology", "?project=" + P)) {
      startRound("owner", "1984-q1");
      await(() -> stream.has("emp-secret-1984-q1-r0"));
      directory.setRoles(new ProjectId(P), "methodology", Set.of());
      startRound("owner", "1984-q2");
      await(stream::hasEnded);
      assertThat(stream.has("emp-secret-1984-q2-r0")).isFalse();
    } finally {
      directory.setRoles(new ProjectId(P), "methodology", Set.of(Role.METHODOLOGY));
    }
  }

  @Test
  void itEndsWithTheSession() throws Exception {
    var browser = new Browser(URI.create("http://localhost:" + port));
    browser.signIn("quality", ApiFixture.password("quality"));
    var session = "JSESSIONID=" + browser.cookie("JSESSIONID");
    try (var stream = new Stream(request("?project=" + P).header("Cookie", session))) {
      await(stream::hasBegun);
      assertThat(stream.hasEnded()).isFalse();
      var page = browser.get("/work").body();
      var token = page.replaceAll("(?s).*name=\"csrf-token\" content=\"([^\"]+)\".*", "$1");
      browser.send(
          browser
              .request("/logout")
              .header("X-CSRF-TOKEN", token)
              .POST(HttpRequest.BodyPublishers.noBody()));
      await(stream::hasEnded);
    }
  }

  @Test
  void onePersonTakesNoMoreThanTheirPlaces() {
    var open = new ArrayList<Stream>();
    try {
      for (var number = 0; number < 12; number++) {
        open.add(new Stream("steward", "?project=" + P));
      }
      await(() -> open.stream().allMatch(Stream::hasBegun));
      var refused = api.get("steward", STREAM + "?seconds=0");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("busy");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(read("auditor", "?seconds=0")).contains("retry:");
    } finally {
      open.forEach(Stream::close);
    }
    // a reader who has gone is noticed by the next thing that is sent
    startRound("owner", "1984-q3");
    await(() -> api.get("steward", STREAM + "?seconds=0").status() == 200);
  }

  private static List<Long> indices(String text) {
    return INDEX.matcher(text).results().map(found -> Long.valueOf(found.group(1))).toList();
  }

  private String read(String person, String query, String... headers) {
    return api.send(person, "GET", STREAM + query, null, headers).text();
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + STREAM + query))
        .timeout(Duration.ofMinutes(2))
        .header("Accept", "text/event-stream");
  }

  /** An open connection whose lines are kept. */
  private final class Stream implements AutoCloseable {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final InputStream body;

    Stream(String person, String query) {
      this(
          request(query)
              .header("Authorization", ApiFixture.basic(person, ApiFixture.password(person))));
    }

    Stream(HttpRequest.Builder request) {
      try {
        var client = HttpClient.newHttpClient();
        var answer = client.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        body = answer.body();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      new Thread(this::keep, "stream").start();
    }

    private void keep() {
      try {
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))
            .lines()
            .forEach(lines::add);
      } catch (UncheckedIOException closed) {
        lines.add("closed");
      }
      lines.add("end");
    }

    boolean hasBegun() {
      return has("retry:");
    }

    boolean hasEnded() {
      return lines.contains("end");
    }

    boolean has(String text) {
      return lines.stream().anyMatch(line -> line.contains(text));
    }

    List<String> data() {
      return lines.stream().filter(line -> line.startsWith("data:")).toList();
    }

    List<Long> indices() {
      return TrailStreamTest.indices(String.join("\n", data()));
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
