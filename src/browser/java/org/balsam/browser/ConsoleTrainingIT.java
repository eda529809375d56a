package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.balsam.browser.ConsolePages.Look;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people see of models, explorations and published series in a real browser: a training goes
 * on while it is watched, a workspace is suspended and ended, figures are read before the release.
 */
class ConsoleTrainingIT {

  private static final double PATIENCE_MILLIS = 180_000;
  private static final String ROUND = "emp-industry-2008-q4-r0";
  private static final String EXPLORATIONS = "/projects/emp-industry/explorations";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<String> errors = new ArrayList<>();
  private ChildServer server;
  private Api api;

  @BeforeAll
  static void needsChromium() {
    Chromium.isNeeded(PATIENCE_MILLIS);
  }

  @BeforeEach
  void starts() {
    server = new ChildServer(folder);
    server.start(List.of());
    api = new Api(server.base());
    var rounds = new RoundClient(api);
    RoundClient.await(() -> rounds.isOpen("owner", ROUND, "userTask_confirmInputs"));
  }

  @AfterEach
  void stops() {
    server.close();
  }

  @Test
  void trainingExplorationAndSeriesAreSeenAndWorkedOn() throws IOException {
    try (var playwright = Chromium.playwright();
        var browser = Chromium.launch(playwright)) {
      var strikes = StrikesProject.make(api);
      var training = strikes.train();
      var exploration = explores(page(browser, "methodology", "/projects/emp-industry"));
      offersTheModel(page(browser, "owner", "/projects/" + StrikesProject.ID));
      reviews(strikes, training, browser);
      readsSeries(browser);
      looks(browser, training, exploration);
      postpones(browser);
      Assertions.assertThat(errors).isEmpty();
    }
  }

  /** What the project declares is there to be chosen, with what may be changed about it. */
  private static void offersTheModel(Page page) {
    button(page, "Start a training").click();
    assertThat(page.getByLabel("Model", new Page.GetByLabelOptions().setExact(true)))
        .hasValue("damage");
    page.getByText("What the models declare").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("seed = 19900101");
    Looks.now(page, "project-training-en");
    button(page, "Cancel").click();
  }

  /** Asks for a workspace, shares it, suspends it with the keys, resumes and ends it by its name. */
  private String explores(Page page) {
    asksForAWorkspace(page);
    assertThat(button(page, "Suspend")).isVisible();
    var exploration = page.url().substring(page.url().lastIndexOf('/') + 1);
    var workspace =
        api.get("methodology", "/api/v1" + EXPLORATIONS + "/" + exploration)
            .body()
            .path("workspace")
            .asText();
    Looks.now(page, "exploration-at-work-en");
    shares(page, workspace);
    button(page, "Suspend").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByLabel("Reason")).isFocused();
    page.keyboard().press("Escape");
    assertThat(button(page, "Suspend")).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().type("lunch");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.getByText("lunch").first()).isVisible();
    button(page, "Resume").click();
    assertThat(button(page, "Suspend")).isVisible();
    ends(page, workspace);
    withdraws(page);
    fails(page);
    return exploration;
  }

  /** What is only asked for is taken back by its name, too; a lost answer does not make it two. */
  private void withdraws(Page page) {
    var keys = Faults.losesTheFirstAnswer(page, "**" + EXPLORATIONS);
    page.navigate(page.url().replaceFirst("/explorations/.*", ""));
    button(page, "Ask for a workspace").click();
    page.getByLabel("Title").fill("Dear months");
    page.getByLabel("Purpose").fill("Find out what a large machine is good for");
    page.getByLabel("Hardware").selectOption("large");
    page.getByLabel("Last day").fill(LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
    button(page, "Begin").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Balsam does not answer.");
    assertThat(page.getByLabel("Title")).hasValue("Dear months");
    Looks.now(page, "project-answer-lost-en");
    button(page, "Begin").click();
    button(page, "Withdraw the request").click();
    Assertions.assertThat(keys).hasSize(2).doesNotContain("null").allMatch(keys.get(0)::equals);
    var asked = api.get("methodology", "/api/v1" + EXPLORATIONS + "?limit=200").body();
    Assertions.assertThat(asked.path("items").findValuesAsText("title"))
        .containsOnlyOnce("Dear months");
    var name = page.getByLabel("To confirm, type ");
    name.fill(name.getAttribute("pattern"));
    page.keyboard().press("Enter");
    assertThat(page.getByText("withdrawn").first()).isVisible();
    assertThat(button(page, "Withdraw the request")).not().isVisible();
  }

  /** Only who is given a number is asked to pass it on. */
  private static void fails(Page page) {
    var projects = Pattern.compile(".*/api/v1/projects\\?.*");
    page.route(projects, Faults::answersFor);
    link(page, "Projects").first().click();
    assertThat(page.getByText("tell the operator what you did, and when.")).isVisible();
    Looks.now(page, "projects-failed-en");
    page.unroute(projects);
    button(page, "Try again").click();
    assertThat(page.getByText("Owner (demo)").first()).isVisible();
    Assertions.assertThat(page.locator("main").innerText()).doesNotContain("undefined");
  }

  /** What is refused is said in the dialog, which keeps what was typed. */
  private static void asksForAWorkspace(Page page) {
    assertThat(button(page, "Start a round")).isVisible();
    assertThat(button(page, "Start a training")).hasCount(0);
    button(page, "Start a round").click();
    page.getByLabel("Period").fill("2008-Q5");
    button(page, "Begin").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("period");
    assertThat(page.getByLabel("Period")).hasValue("2008-Q5");
    button(page, "Cancel").click();
    button(page, "Ask for a workspace").click();
    page.getByLabel("Title").fill("Unusual months");
    page.getByLabel("Purpose").fill("Find months that need an explanation");
    page.getByLabel("Last day").fill(LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
    Looks.now(page, "project-to-explore-en");
    button(page, "Begin").click();
    assertThat(page.getByRole(AriaRole.HEADING, byName("Unusual months"))).isVisible();
  }

  private static void shares(Page page, String workspace) {
    button(page, "Share with a colleague").click();
    page.getByLabel("With whom").selectOption("production");
    button(page, "Share").click();
    var back = button(page, "Take back what Production (demo) may");
    back.click();
    page.getByLabel("To confirm, type " + workspace).fill(workspace);
    page.keyboard().press("Enter");
    assertThat(page.getByText("Nobody else can sign in.")).isVisible();
  }

  private static void ends(Page page, String workspace) {
    button(page, "End and remove").click();
    var dialog = page.getByRole(AriaRole.DIALOG);
    Looks.now(page, "exploration-to-end-en");
    var name = dialog.getByLabel("To confirm, type " + workspace);
    name.fill("ws-of-somebody-else");
    page.keyboard().press("Enter");
    assertThat(dialog).isVisible();
    name.fill(workspace);
    page.keyboard().press("Enter");
    assertThat(dialog).not().isVisible();
    assertThat(page.getByText("being decided").first()).isVisible();
    assertThat(page.locator(".awaited")).containsText("Waits for: Decide outcome");
  }

  /** The reviewer sees curves, gate and task; the promotion appears without a click. */
  private void reviews(StrikesProject strikes, String training, Browser browser) {
    var page = page(browser, "quality", "/projects/" + StrikesProject.ID + "/trainings");
    link(page, "damage · 1998").first().click();
    assertThat(page.getByRole(AriaRole.IMG).first())
        .hasAttribute("aria-label", Pattern.compile("Loss.*train-loss: from .*"));
    assertThat(page.getByText("Review promotion").first()).isVisible();
    assertThat(page.locator(".awaited")).containsText("Waits for: Review promotion · Quality");
    assertThat(page.getByText("Held-out metric").first()).isVisible();
    assertThat(page.getByText("This is the first model: there is no champion")).isVisible();
    page.getByText("The figures as a table").first().click();
    assertThat(page.getByRole(AriaRole.COLUMNHEADER, byName("train-loss"))).isVisible();
    page.getByText("Model card of damage@1.0.0").click();
    assertThat(page.getByText("Does a wildlife strike damage the aircraft?")).isVisible();
    strikes.complete(
        "quality", training, "userTask_reviewPromotion", Map.of("reviewDecision", "approve"));
    strikes.complete(
        "owner", training, "userTask_approveProduction", Map.of("productionDecision", "approve"));
    assertThat(page.getByText("Approve production: approved")).isVisible();
    assertThat(link(page, "Download the evidence")).isVisible();
    link(page, "damage@1.0.0").first().click();
    assertThat(page.getByText("promoted").first()).isVisible();
  }

  /** Before the release the series is read on demand, with its table. */
  private void readsSeries(Browser browser) {
    var rounds = new RoundClient(api);
    rounds.complete("owner", ROUND, "userTask_confirmInputs", Map.of("inputsDecision", "confirm"));
    RoundClient.await(() -> rounds.isOpen("quality", ROUND, "userTask_reviewResults"));
    var page = page(browser, "quality", "/projects/emp-industry/rounds/" + ROUND);
    button(page, "Show the series").click();
    var chart = page.locator("#series ~ * canvas");
    assertThat(chart)
        .hasAttribute("aria-label", Pattern.compile("nonfarm.*at 2008-Q4, between .*"));
    page.locator("#series-name").selectOption("construction");
    assertThat(chart).hasAttribute("aria-label", Pattern.compile("construction.*"));
    page.getByText("The figures as a table").click();
    assertThat(page.getByRole(AriaRole.ROWHEADER, byName("2008-Q4").setExact(true))).isVisible();
    Looks.now(page, "round-with-series-en");
  }

  /** The release manager postpones a release of next year by its name; everybody sees it. */
  private void postpones(Browser browser) {
    var rounds = new RoundClient(api);
    rounds.complete(
        "quality", ROUND, "userTask_reviewResults", Map.of("reviewDecision", "approve"));
    RoundClient.await(() -> rounds.isOpen("owner", ROUND, "userTask_approveRelease"));
    var year = LocalDate.now(ZoneOffset.UTC).getYear() + 2;
    rounds.complete(
        "owner", ROUND, "userTask_approveRelease", RoundClient.approval(year + "-01-14T08:30:00Z"));
    var page = page(browser, "release", "/projects/emp-industry/rounds/" + ROUND);
    button(page, "Postpone the release").click();
    var dialog = page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("New moment of release").fill(year + "-02-18T09:15");
    assertThat(dialog.locator(".understood")).containsText("Understood as 18 Feb " + year);
    dialog.getByLabel("Reason").fill("A source was late");
    Looks.now(page, "round-to-postpone-en");
    button(page, "Postpone the release").last().click();
    assertThat(dialog).isVisible();
    dialog.getByLabel("To confirm, type " + ROUND).fill(ROUND);
    page.keyboard().press("Enter");
    assertThat(page.getByText("A source was late")).isVisible();
    assertThat(page.locator(".lead ~ p strong").first()).containsText("18 Feb " + year);
    Assertions.assertThat(rounds.announcements(ROUND)).hasSize(2);
  }

  /** At every page of the console, now that there is something on each. */
  private void looks(Browser browser, String training, String exploration) {
    var looks = new Looks(browser, server.base().resolve("/"), PATIENCE_MILLIS);
    var made =
        Map.of(
            "training", training,
            "exploration", exploration,
            "task", new RoundClient(api).task("quality", ROUND, "userTask_reviewResults"),
            "event", anEvent());
    looks.atTheSignIn();
    ConsolePages.LOOKS.stream()
        .collect(groupingBy(Look::person, mapping(look -> look.path(made), toList())))
        .forEach(looks::at);
  }

  private String anEvent() {
    var found =
        api.get("auditor", "/api/v1/audit/events?action=round.requested&subject=" + ROUND).body();
    return found.at("/items/0/id").asText();
  }

  private Page page(Browser browser, String person, String path) {
    var options =
        new NewContextOptions()
            .setViewportSize(1280, 900)
            .setColorScheme(ColorScheme.LIGHT)
            .setLocale("en-GB");
    var page = browser.newContext(options).newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onPageError(errors::add);
    page.navigate(address(path));
    Looks.signIn(page, person);
    return page;
  }

  private String address(String path) {
    return server.base().resolve(path).toString();
  }

  private static GetByRoleOptions byName(String name) {
    return new GetByRoleOptions().setName(name);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, byName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, byName(name).setExact(true));
  }
}
