package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The trail, the operations and the templates in a real browser: an auditor's proof by clicks, what
 * a forgery looks like, and an operator who has a round that stands still go on.
 */
class ConsoleAuditIT {

  private static final double PATIENCE_MILLIS = 180_000;
  private static final String ROUND = "emp-industry-2008-q4-r0";
  private static final String NAME = "balsam.test";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static ChildServer server;
  private static Playwright playwright;
  private static Browser browser;
  private static RoundClient rounds;

  @BeforeAll
  static void startServerAndBrowser() {
    Chromium.isNeeded(PATIENCE_MILLIS);
    server = new ChildServer(folder);
    server.start(List.of());
    rounds = new RoundClient(new Api(server.base()));
    RoundClient.await(() -> rounds.isOpen("owner", ROUND, "userTask_confirmInputs"));
    playwright = Chromium.playwright();
    browser = Chromium.launch(playwright, "--host-resolver-rules=MAP " + NAME + " 127.0.0.1");
  }

  @AfterAll
  static void stopAll() {
    Stream.of(browser, playwright, server)
        .filter(Objects::nonNull)
        .forEach(ConsoleAuditIT::close);
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void anAuditorFindsAnEventAndSeesItsProof() throws IOException {
    var visit = visit().signIn("auditor", "/work");
    var page = visit.page();
    visit.link("Audit").click();
    page.getByLabel("Project").first().selectOption("emp-industry");
    page.getByLabel("What happened").selectOption("round.released");
    assertThat(page.getByLabel("Kind of event")).hasValue("round.released");
    page.getByLabel("Kind of event").fill("round.*");
    assertThat(page.getByLabel("What happened")).hasValue("round.*");
    page.getByLabel("Business key").fill(ROUND);
    page.getByLabel("Who").fill("owner");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("action=round\\.\\*"));
    assertThat(page.getByText("Rounds · Asked for").first()).isVisible();
    visit.link("round.requested").click();
    assertThat(verdict(visit, "proved")).containsText("this event is in the signed tree");
    assertThat(page.locator(".checks > li[data-state=fits]")).hasCount(4);
    assertThat(page.locator(".checks > li[data-state=computed]")).hasCount(1);
    withAnotherKey(visit);
    visit.page().goBack();
    assertThat(page.getByLabel("Business key")).hasValue(ROUND);
    takesTheBundleAlong(visit);
    Assertions.assertThat(visit.errors()).isEmpty();
  }

  /** Tabs share one session, so that each of them is the new person's. */
  @Test
  void aTabDoesNotKeepThePersonWhoSignedOutInAnother() {
    var visit = visit().signIn("auditor", "/work");
    assertThat(visit.page().locator("header")).containsText("Auditor");
    var other = visit.page().context().newPage();
    other.navigate(server.base().resolve("/work").toString());
    other.getByText("Sign out").click();
    Looks.signIn(other, "steward");
    assertThat(visit.page().locator("header")).containsText("Steward");
    assertThat(visit.page().locator("header")).not().containsText("Auditor");
    Assertions.assertThat(visit.errors()).isEmpty();
  }

  /** The key that the reader brings decides, and what is none is refused. */
  private static void withAnotherKey(ConsoleVisit visit) {
    var own = visit.page().getByLabel("The log's key as you have it from elsewhere");
    own.fill("balsam+00000000+AAAA");
    visit.button("Check again").click();
    assertThat(visit.text("This is no key of a log.")).isVisible();
    own.fill(key());
    visit.button("Check again").click();
    assertThat(verdict(visit, "proved")).containsText("with the key that you entered");
    own.fill("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    visit.button("Check again").click();
    assertThat(verdict(visit, "failed")).isVisible();
    assertThat(visit.text("The checkpoint is not signed by this key.")).isVisible();
    own.fill("");
    visit.button("Check again").click();
    assertThat(verdict(visit, "proved")).containsText("with the key that this server gives");
  }

  private static void takesTheBundleAlong(ConsoleVisit visit) throws IOException {
    visit.text("Download events and proofs").click();
    visit.page().getByLabel("with the reasons that people wrote").uncheck();
    var download = visit.page().waitForDownload(visit.link("Download the bundle")::click);
    Assertions.assertThat(download.suggestedFilename()).isEqualTo("audit-emp-industry.zip");
    var report = AuditVerifier.verify(download.path(), AuditVerifier.Options.NONE);
    Assertions.assertThat(report.findings()).isEmpty();
    Assertions.assertThat(report.events()).isPositive();
  }

  /** A forgery, the answer that it changes, and what the page must say. */
  record Forgery(String what, Pattern of, Consumer<ObjectNode> change, String said) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Forgery> forgeries() {
    var event = Pattern.compile("/audit/events/[0-9a-f-]{36}$");
    var proof = Pattern.compile("/proof$");
    return Stream.of(
        new Forgery("another person", event, json -> json.put("actor", "quality"), "who"),
        new Forgery("another moment", event, json -> json.put("at", "2020-01-01T00:00:00Z"), "time"),
        new Forgery(
            "other details", event, json -> json.putObject("details").put("x", 1), "details"),
        new Forgery("a reason nobody gave", event, json -> json.put("reason", "x"), "not sealed"),
        new Forgery("another number", event, json -> json.put("index", 0), "number in the trail"),
        new Forgery(
            "a line of another person",
            proof,
            json -> json.put("leaf", json.get("leaf").asText().replace("\"owner\"", "\"other\"")),
            "Different from what was sealed: who"),
        new Forgery(
            "a line with a key twice",
            proof,
            json -> json.put("leaf", "{\"action\":\"x\"," + json.get("leaf").asText().substring(1)),
            "not an event in canonical form"),
        new Forgery(
            "another neighbour",
            proof,
            json -> json.withArray("path").set(0, "A".repeat(43) + "="),
            "The root is the signed one does not fit"),
        new Forgery(
            "a way too short",
            proof,
            json -> json.withArray("path").remove(0),
            "does not lead from this place"),
        new Forgery(
            "a way too long",
            proof,
            json -> json.withArray("path").add("A".repeat(43) + "="),
            "does not lead from this place"),
        new Forgery(
            "a way of nonsense", proof, json -> json.put("path", "x"), "cannot be read: path"),
        new Forgery("a hash of nonsense", proof, ConsoleAuditIT::nonsense, "cannot be read: hash"),
        new Forgery(
            "a number beyond the tree",
            proof,
            json -> json.put("index", 1_000_000),
            "does not lead from this place"),
        new Forgery("a checkpoint of a larger tree", proof, ConsoleAuditIT::larger, "signature"),
        new Forgery(
            "no checkpoint",
            proof,
            json -> json.put("checkpoint", "x"),
            "cannot be read: checkpoint"),
        new Forgery(
            "a key of somebody else",
            Pattern.compile("/audit/checkpoints$"),
            json ->
                json.put(
                    "publicKey",
                    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
            "The checkpoint is not signed by this key."));
  }

  private static void nonsense(ObjectNode proof) {
    proof.withArray("path").set(0, "AAAA");
  }

  private static void larger(ObjectNode proof) {
    var lines = proof.get("checkpoint").asText().split("\n", 3);
    proof.put("checkpoint", lines[0] + "\n" + lines[1] + "0\n" + lines[2]);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aForgeryIsShownAsOne(Forgery forgery) {
    var visit = visit();
    visit.page().route(forgery.of(), route -> forge(route, forgery.change()));
    visit.signIn("auditor", "/audit?action=round.requested&subject=" + ROUND);
    visit.link("round.requested").click();
    assertThat(verdict(visit, "failed")).containsText("The proof does not fit");
    assertThat(visit.page().locator("[data-verdict]")).hasCount(1);
    assertThat(visit.page().locator(".checks")).containsText(forgery.said());
    if (forgery.what().equals("another person")) {
      Looks.now(visit.page(), "event-forged-en");
    }
    Assertions.assertThat(visit.errors()).isEmpty();
  }

  private static void forge(Route route, Consumer<ObjectNode> change) {
    var response = route.fetch();
    try {
      var json = (ObjectNode) JSON.readTree(response.body());
      change.accept(json);
      route.fulfill(new FulfillOptions().setResponse(response).setBody(json.toString()));
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  /** Browsers have no WebCrypto for pages over plain HTTP from other machines. */
  @Test
  void withoutASecureConnectionNothingIsSaidToBeChecked() {
    var elsewhere = server.base().toString().replace("127.0.0.1", NAME);
    var visit = new ConsoleVisit(browser, URI.create(elsewhere), PATIENCE_MILLIS);
    visit.signIn("auditor", "/audit?action=round.requested");
    visit.link("round.requested").click();
    assertThat(visit.text("This browser cannot check proofs over this connection")).isVisible();
    assertThat(visit.page().locator("[data-verdict]")).hasCount(0);
    assertThat(visit.page().locator(".checks")).hasCount(0);
    Looks.now(visit.page(), "event-over-plain-http-en");
  }

  @Test
  void whoIsNoOperatorIsToldWhoIs() {
    var visit = visit().signIn("owner", "/operations");
    assertThat(visit.text("This page is for operators")).isVisible();
    assertThat(visit.link("Operations")).hasCount(0);
    Looks.now(visit.page(), "operations-forbidden-en");
  }

  @Test
  void anOperatorHasWhatStandsStillGoOn() throws IOException {
    var data = bucket("raw");
    var away = folder.resolve("away");
    Files.move(data, away);
    rounds.complete("owner", ROUND, "userTask_confirmInputs", Map.of("inputsDecision", "confirm"));
    RoundClient.await(ConsoleAuditIT::hurriesToTheIncident);
    var visit = visit().signIn("admin", "/operations");
    var cause = visit.page().locator(".cause");
    assertThat(cause).containsText(ROUND);
    assertThat(cause).containsText("Provision workspace");
    Looks.now(visit.page(), "operations-with-an-incident-en");
    Files.move(away, data);
    var retry = cause.locator("tbody").getByText("Try again");
    retry.click();
    visit.button("Cancel").click();
    assertThat(retry).isFocused();
    visit.page().keyboard().press("Enter");
    assertThat(visit.page().locator("dialog")).containsText(ROUND + ", Provision workspace");
    Looks.now(visit.page(), "operations-to-try-again-en");
    visit.page().locator("dialog").getByText("Try again", exactly()).click();
    assertThat(visit.text("1 is tried again.")).isVisible();
    assertThat(visit.text("Nothing stands still")).isVisible();
    RoundClient.await(() -> rounds.isOpen("quality", ROUND, "userTask_reviewResults"));
    triesTheAdapters(visit);
    setsAQuota(visit);
    Assertions.assertThat(visit.overflow(320)).isLessThanOrEqualTo(0);
    Assertions.assertThat(visit.errors()).isEmpty();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static void triesTheAdapters(ConsoleVisit visit) {
    visit.button("Try all of them now").click();
    assertThat(visit.text("Every adapter was tried: everything works.")).isVisible();
  }

  private static void setsAQuota(ConsoleVisit visit) {
    visit.button("Change the quota of emp-industry").click();
    visit.page().getByLabel("Gigabytes").fill("2.5");
    visit.button("Set the quota").click();
    assertThat(visit.text("The quota of emp-industry is set.")).isVisible();
    assertThat(visit.page().locator("meter")).hasCount(1);
    var project = new Api(server.base()).get("admin", RoundClient.PROJECT).body();
    Assertions.assertThat(project.at("/storage/quotaBytes").asLong()).isEqualTo(2_500_000_000L);
  }

  @Test
  void whatProjectsAndWorkspacesAreMadeFromIsListed() {
    var visit = visit().signIn("methodology", "/templates");
    assertThat(visit.text("Statistical production").first()).isVisible();
    visit.text("What a project may change, and how far").first().click();
    assertThat(visit.text("**.resources.time").first()).isVisible();
    assertThat(visit.text("jupyter-small")).isVisible();
    Assertions.assertThat(visit.overflow(320)).isLessThanOrEqualTo(0);
    Assertions.assertThat(visit.errors()).isEmpty();
  }

  private static ConsoleVisit visit() {
    return new ConsoleVisit(browser, server.base(), PATIENCE_MILLIS);
  }

  private static Locator verdict(ConsoleVisit visit, String verdict) {
    return visit.page().locator("[data-verdict=" + verdict + "]");
  }

  private static String key() {
    return new Api(server.base())
        .get("auditor", "/api/v1/audit/checkpoints")
        .body()
        .path("publicKey")
        .asText();
  }

  private static Path bucket(String kind) throws IOException {
    try (var buckets = Files.list(server.home().resolve("objects"))) {
      return buckets
          .filter(bucket -> bucket.getFileName().toString().endsWith("emp-industry-" + kind))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The engine would wait half a minute before each of its attempts. */
  private static boolean hurriesToTheIncident() {
    try (var database = server.database();
        var statement = database.createStatement()) {
      statement.executeUpdate(
          "update engine.act_ru_job set duedate_ = now() where exception_msg_ is not null"
              + " and lock_owner_ is null");
      try (var found = statement.executeQuery("select count(*) from engine.act_ru_incident")) {
        return found.next() && found.getInt(1) > 0;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
