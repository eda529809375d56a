package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.testing.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

/** Launch links as browsers follow them. */
class LaunchApiTest extends ApiTestBase {

  private static final String LINK = "/launch/jupyter-small?project=" + P;
  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  @LocalServerPort int port;
  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(URI.create("http://127.0.0.1:" + port));
  }

  private void signIn(String person) throws Exception {
    assertThat(browser.signIn(person, ApiFixture.password(person)).statusCode()).isEqualTo(302);
  }

  private static Map<String, String> fields(HttpResponse<String> page) {
    var fields = new HashMap<String, String>();
    var found = FIELD.matcher(page.body());
    while (found.find()) {
      fields.put(HtmlUtils.htmlUnescape(found.group(1)), HtmlUtils.htmlUnescape(found.group(2)));
    }
    return fields;
  }

  private int count() {
    return api.get("subject", PATH + "/explorations?limit=200").json().path("items").size();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void nothingIsStartedBeforeAPersonSaysSo() throws Exception {
    var before = count();
    assertThat(browser.get(LINK).statusCode()).as("not signed in").isEqualTo(302);
    signIn("subject");
    var page = browser.get(LINK + "&name=" + encoded("Course of \u00c5land"));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'", "form-action 'self'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.body())
        .contains("Nothing has been started", "hardware: small", "network: no network")
        .doesNotContainIgnoringCase("<script");
    assertThat(count()).isEqualTo(before);

    var fields = fields(page);
    assertThat(fields).containsEntry("name", "Course of \u00c5land").containsKeys("key", "_csrf");
    var asked = clickedTwice(fields);
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(asked.body())
        .contains("was asked for", "\"/projects/" + P + "/explorations/" + P + "-explore-");
    var again = browser.post("/launch/jupyter-small", fields);
    assertThat(again.body()).isEqualTo(asked.body());
    assertThat(count()).as("a form that is sent twice asks once").isEqualTo(before + 1);
  }

  /** The clicks of a double click show the workspace that the first one started. */
  private HttpResponse<String> clickedTwice(Map<String, String> fields) {
    var clicks =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> sent(fields))).limit(4).toList();
    var asked = clicks.get(0).join();
    assertThat(clicks).extracting(click -> click.join().body()).containsOnly(asked.body());
    return asked;
  }

  private HttpResponse<String> sent(Map<String, String> fields) {
    try {
      return browser.post("/launch/jupyter-small", fields);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void theQuestionAndARefusalSpeakTheReadersLanguage() throws Exception {
    signIn("subject");
    var page = inSwedish(browser.request(LINK + "&name=Kurs&parameters.port=80").GET());
    assertThat(page.body())
        .contains("<html lang=\"sv\">", "Länken går inte att följa", "<ul lang=\"en\">");
    var question = inSwedish(browser.request(LINK + "&name=Kurs").GET());
    assertThat(question.body())
        .contains("<html lang=\"sv\">", "Be om en arbetsyta?", "Ingenting har startats")
        .contains("maskin: liten", "nätverk: inget nät", "namn: Kurs")
        .contains("name=\"hardware\" value=\"small\"");
  }

  private HttpResponse<String> inSwedish(HttpRequest.Builder request) throws Exception {
    return browser.send(request.header("Accept-Language", "sv-SE,sv;q=0.9,en;q=0.5"));
  }

  @Test
  void aFormNeedsTheTokenOfTheSession() throws Exception {
    var before = count();
    signIn("subject");
    var fields = fields(browser.get(LINK));
    fields.put("_csrf", "x".repeat(fields.get("_csrf").length()));
    assertThat(browser.post("/launch/jupyter-small", fields).statusCode()).isEqualTo(403);
    fields.remove("_csrf");
    assertThat(browser.post("/launch/jupyter-small", fields).statusCode()).isEqualTo(403);
    assertThat(browser.post(LINK, Map.of()).statusCode()).isEqualTo(403);
    assertThat(api.post("subject", LINK, null).status()).isIn(302, 403);
    assertThat(count()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          script=rm%20-rf                 | 400 | script: is not known; allowed: branch, hardware, name, project
          network=internet                | 400 | network: is not known
          datasets=x                      | 400 | datasets: is not known
          key=x                           | 400 | key: is not known
          parameters.port=80              | 400 | /parameters/port: is not a parameter; allowed: []
          parameters.=80                  | 400 | is not a parameter
          hardware=gpu                    | 400 | /hardware: &#39;gpu&#39; is not allowed; the template &#39;jupyter-small&#39; allows: small
          hardware=huge                   | 400 | huge
          name=ab                         | 400 | name
          name=a%0Abc                     | 400 | name
          name=Course&name=Other          | 400 | name: is there more than once
          parameters.%00=1                | 400 | cannot be seen
          branch=%00                      | 400 | visible characters
          branch=nowhere                  | 404 | has no branch &#39;nowhere&#39;
          %3Cscript%3Ealert(1)%3C/script%3E=1 | 400 | &lt;script&gt;alert(1)
          name=%3Cimg%20src=x%20onerror=alert(1)%3E | 200 | &lt;img src=x onerror=alert(1)&gt;
          name=%22%3E%3Cscript%3E1        | 200 | value="&quot;&gt;&lt;script&gt;1"
          """)
  void whatALinkSaysIsHeldAgainstTheTemplate(String query, int status, String said)
      throws Exception {
    signIn("subject");
    var before = count();
    var page = browser.get(LINK + "&" + query);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
    assertThat(page.body())
        .contains(said)
        .doesNotContainIgnoringCase("<script", "<img", "javascript:");
    assertThat(count()).isEqualTo(before);
  }

  @Test
  void aLinkOpensNothingThatItsReaderMayNot() throws Exception {
    signIn("steward");
    assertThat(browser.get(LINK).statusCode()).isEqualTo(403);
    var form = Map.of("project", P, "_csrf", "none");
    assertThat(browser.post("/launch/jupyter-small", form).statusCode()).isEqualTo(403);
    assertThat(browser.get("/launch/jupyter-small?project=" + OTHER).statusCode()).isEqualTo(404);
    assertThat(browser.get("/launch/jupyter-small").body()).contains("project: is missing");
    signIn("subject");
    var unknown = browser.get("/launch/nothing?project=" + P);
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("there is no template").doesNotContain("<script");
    var gone = new java.util.TreeMap<>(fields(browser.get(LINK)));
    gone.put("branch", "nowhere");
    assertThat(browser.post("/launch/jupyter-small", gone).statusCode()).isEqualTo(404);
  }
}
