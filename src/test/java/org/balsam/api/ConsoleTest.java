package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.balsam.testing.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as a browser gets it: page, files, policy, session and token. */
class ConsoleTest extends RouteTestBase {

  private static final Pattern FILE =
      Pattern.compile("(?:href|src)=\"(/assets/[0-9a-f]{16}/[^\"]+)");
  private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"");

  @Test
  void strangersComeBackToThePageTheyAskedFor() throws Exception {
    var browser = browser();
    var page = "/projects/" + P + "/rounds/" + round;
    var asked = browser.send(browser.request(page).header("Accept", "text/html").GET());
    assertThat(asked.statusCode()).isEqualTo(302);
    assertThat(location(asked)).endsWith("/login");
    assertThat(location(signIn(browser, "owner"))).endsWith(page);
  }

  @Test
  void whoAskedForNoPageComesToTheConsole() throws Exception {
    assertThat(location(signIn(browser(), "owner"))).endsWith(":" + port + "/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/work",
        "/audit",
        "/audit/any",
        "/operations",
        "/templates",
        "/tasks/any",
        "/projects",
        "/projects/any",
        "/projects/any/rounds/any-2026-r0",
        "/projects/any/trainings",
        "/projects/any/trainings/any-train-a1b2c3",
        "/projects/any/models/any",
        "/projects/any/explorations",
        "/projects/any/explorations/any-explore-a1b2c3"
      })
  void thePageNamesItsFilesAndForbidsAllOthers(String path) throws Exception {
    var browser = signedIn("owner");
    var page = browser.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'self'", "object-src 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(header(page, "Cache-Control")).contains("no-store");
    var files = FILE.matcher(page.body()).results().map(match -> match.group(1)).toList();
    assertThat(files).hasSize(3);
    for (var file : files) {
      var served = browser.get(file);
      assertThat(served.statusCode()).as(file).isEqualTo(200);
      assertThat(header(served, "Cache-Control")).contains("max-age=31536000", "immutable");
    }
  }

  @Test
  void theLibrariesAreServedAndOtherVersionsAreNot() throws Exception {
    var browser = signedIn("owner");
    var page = FILE.matcher(browser.get("/").body());
    assertThat(page.find()).isTrue();
    var folder = page.group(1).substring(0, page.group(1).lastIndexOf('/'));
    for (var file :
        List.of(
            "bpmn-js/bpmn-navigated-viewer.production.min.js",
            "bpmn-js/assets/diagram-js.css",
            "camunda/lib/deps.js",
            "camunda/app/tasklist/camunda-tasklist-bootstrap.css",
            "chart.js/chart.umd.min.js")) {
      assertThat(browser.get(folder + "/" + file).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(browser.get("/assets/0123456789abcdef/main.js").statusCode()).isEqualTo(404);
    assertThat(browser.get(folder + "/../../application.yaml").statusCode()).isIn(400, 404);
    assertThat(browser().get(folder + "/main.js").statusCode()).isEqualTo(302);
  }

  @Test
  void anUnknownAddressIsAnsweredByAPageInABrowserAndByJsonElsewhere() throws Exception {
    var browser = signedIn("owner");
    var page = browser.send(browser.request("/nowhere").header("Accept", BROWSER).GET());
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(page.body())
        .contains("There is nothing here", "<a href=\"/\">Go to the console</a>");
    var swedish = browser.request("/nowhere").header("Accept", BROWSER);
    assertThat(browser.send(swedish.header("Accept-Language", "sv-SE").GET()).body())
        .contains("<html lang=\"sv\">", "Här finns ingenting", ">Gå till konsolen</a>")
        .contains(">Logga ut</button>");
    for (var json :
        List.of(
            browser.request("/api/v1/nowhere").header("Accept", BROWSER),
            browser.request("/nowhere").header("Accept", "*/*"))) {
      var answer = browser.send(json.GET());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    }
  }

  @Test
  void aChangeNeedsTheTokenOfThePage() throws Exception {
    var browser = signedIn("owner");
    var claim = "/api/v1/tasks/" + task + "/claim";
    assertThat(browser.send(browser.request(claim).POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(403);
    var token = TOKEN.matcher(browser.get("/work").body());
    assertThat(token.find()).isTrue();
    var claimed =
        browser.send(
            browser
                .request(claim)
                .header("X-CSRF-TOKEN", token.group(1))
                .POST(BodyPublishers.noBody()));
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);
  }

  private Browser signedIn(String person) throws IOException, InterruptedException {
    var browser = browser();
    signIn(browser, person);
    return browser;
  }

  private static HttpResponse<String> signIn(Browser browser, String person)
      throws IOException, InterruptedException {
    return browser.signIn(person, ApiFixture.password(person));
  }

  private Browser browser() {
    return new Browser(URI.create("http://localhost:" + port));
  }

  private static String location(HttpResponse<String> response) {
    return header(response, "Location");
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
