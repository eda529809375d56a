package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.PdfOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.balsam.testing.Api;
import org.balsam.testing.ChildServer;
import org.balsam.testing.RoundClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser: a round from its inputs to its evidence, by two people who see
 * what the other does, one of them without a mouse; then each page as everybody sees it.
 */
class ConsoleIT {

  private static final double PATIENCE_MILLIS = 300_000;
  private static final String ROUND = "emp-industry-2008-q4-r0";
  private static final String PAGE = "/projects/emp-industry/rounds/" + ROUND;
  private static final DateTimeFormatter IN_WORDS =
      DateTimeFormatter.ofPattern("d MMMM yyyy.*HH:mm 'UTC'", Locale.UK);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final String LAUNCH = "launch/jupyter-small?project=emp-industry";
  private static final String REVISION = "emp-industry-2008-q4-r1";
  private static final Map<String, String> UNTIL_TOMORROW =
      Map.of(
          "inputsDecision",
          "wait",
          "inputsReason",
          "December is late",
          "waitUntil",
          RoundClient.at(86_400));
  private static final GetByLabelOptions EXACTLY = new GetByLabelOptions().setExact(true);
  private static final Pattern FORM = Pattern.compile("Open the form");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<String> errors = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final Witness witness = new Witness();

  @BeforeAll
  static void needsChromium() {
    Chromium.isNeeded(PATIENCE_MILLIS);
  }

  @Test
  void twoPeopleTakeANumberOut() throws IOException {
    try (var server = new ChildServer(folder);
        var playwright = Chromium.playwright();
        var browser = Chromium.launch(playwright)) {
      server.start(List.of("-Dserver.forward-headers-strategy=framework"));
      var rounds = new RoundClient(new Api(server.base()));
      RoundClient.await(() -> rounds.isOpen("owner", ROUND, "userTask_confirmInputs"));
      try {
        leadTheRound(browser, server.base(), rounds);
      } catch (AssertionError | PlaywrightException failure) {
        witness.tells(browser);
        throw failure;
      }
    }
  }

  private void leadTheRound(Browser browser, URI server, RoundClient rounds) throws IOException {
    var owner = seesTheRound(browser, server);
    claims(owner);
    behindAProxy(browser, server);
    var quality = page(browser, ColorScheme.DARK);
    quality.navigate(server.resolve("/work").toString());
    Looks.signIn(quality, "quality");
    assertThat(quality.getByText("Nothing waits for you")).isVisible();
    confirms(owner);
    saysWhoActsNow(owner);
    reviewsByKeys(browser, server, quality);
    releases(owner);
    namesTheZone(browser, server);
    new Looks(browser, server.resolve("/"), PATIENCE_MILLIS)
        .at("owner", List.of("work", PAGE.substring(1), LAUNCH, "nowhere"));
    prints(owner);
    revises(owner);
    delivers(owner, rounds);
    startsTheNextPeriod(owner);
    Assertions.assertThat(errors).isEmpty();
    staysOn(server, requests);
  }

  private Page seesTheRound(Browser browser, URI server) {
    var page = page(browser, ColorScheme.LIGHT);
    page.navigate(server.resolve(PAGE).toString());
    Looks.signIn(page, "owner");
    assertThat(page).hasURL(server.resolve(PAGE).toString());
    assertThat(page.getByText("The round is now at: Confirm inputs")).isVisible();
    assertThat(page.locator(".djs-connection.taken").first()).isVisible();
    assertThat(page.getByText("raw/ces@2008-q4-r0.1")).isVisible();
    return page;
  }

  /** Claims on the page of my work, gives back with the keys, and returns to the round. */
  private static void claims(Page page) {
    link(page, "My work").click();
    assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("My work")))
        .isFocused();
    button(page, "Claim").click();
    assertThat(page.getByText("Confirm inputs is yours now.")).isVisible();
    button(page, "Give back").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByText("Confirm inputs is given back.")).isVisible();
    page.goBack();
    assertThat(page.getByText("The round is now at: Confirm inputs")).isVisible();
  }

  /**
   * The same below a prefix, while the task changes under the click and the library of forms is not
   * there at first; the link to Tasklist leads below the prefix, too.
   */
  private void behindAProxy(Browser browser, URI server) {
    try (var proxy = new PrefixProxy(server, "/statistics/balsam")) {
      var page = page(browser, ColorScheme.DARK);
      var own = new ArrayList<String>();
      page.onRequest(request -> own.add(request.url()));
      page.navigate(proxy.base().resolve(PAGE.substring(1)).toString());
      Looks.signIn(page, "owner");
      assertThat(page.getByText("The round is now at: Confirm inputs")).isVisible();
      assertThat(page.locator(".djs-connection.taken").first()).isVisible();
      var opened = new OpenedForm(page, server);
      opened.withoutItsLibrary();
      opened.whileItIsClaimed(formOf(page), "owner");
      opened.andIsTriedAgain();
      assertThat(page.getByText("Are these inputs good enough?")).isVisible();
      assertThat(inTasklist(page).getByText("Are these inputs good enough?")).isVisible();
      launches(page, proxy.base());
      staysOn(proxy.base(), own);
      page.context().close();
    }
    requests.removeIf(url -> url.contains("/statistics/balsam/"));
  }

  /** What a launch link asks, with its style and its answer below the prefix. */
  private static void launches(Page page, URI base) {
    page.navigate(base.resolve(LAUNCH).toString());
    assertThat(page.getByText("Nothing has been started.")).isVisible();
    Assertions.assertThat(page.locator("form").evaluate("form => form.action"))
        .isEqualTo(base.resolve("launch/jupyter-small").toString());
  }

  private static void confirms(Page page) {
    formOf(page).click();
    button(page, "Complete").click();
    assertThat(page.getByText("Field is required.")).isVisible();
    page.getByLabel("Wait for more data").check();
    button(page, "Complete").click();
    assertThat(page.getByText("A reason is needed for 'Wait for more data")).isVisible();
    assertThat(page.getByText("'Wait until' is needed for 'Wait for more data")).isVisible();
    assertThat(page.getByLabel("Wait until: date")).isFocused();
    keepsWhatWasBegun(page);
    asksBeforeTheEnd(page);
    page.getByLabel("Confirm: produce the figures").check();
    button(page, "Complete").click();
    assertThat(page.getByText("Confirm inputs is completed.")).isVisible();
    page.goBack();
    assertThat(page.getByText("This task is no longer open")).isVisible();
    page.goBack();
  }

  /** What is changed is marked no longer, and is there again after the page was loaded anew. */
  private static void keepsWhatWasBegun(Page page) {
    page.getByLabel("Reason").fill("December is missing");
    assertThat(page.getByText("A reason is needed for 'Wait for more data")).hasCount(0);
    page.waitForFunction("() => JSON.stringify(sessionStorage).includes('December is missing')");
    page.reload();
    assertThat(page.getByText("What you typed before is back here.")).isVisible();
    assertThat(page.getByLabel("Wait for more data")).isChecked();
    assertThat(page.getByLabel("Reason")).hasValue("December is missing");
    button(page, "Complete").click();
    assertThat(page.getByText("'Wait until' is needed for 'Wait for more data")).isVisible();
    assertThat(page.getByLabel("Wait until: date")).isFocused();
    page.screenshot(
        new ScreenshotOptions().setFullPage(true).setPath(Looks.PICTURES.resolve("form-refused.png")));
  }

  /** By the name of the round; who thinks better of it has ended nothing. */
  private static void asksBeforeTheEnd(Page page) {
    page.getByLabel("Cancel the round").check();
    button(page, "Complete").click();
    assertThat(page.getByLabel("To confirm, type " + ROUND)).isFocused();
    page.screenshot(new ScreenshotOptions().setPath(Looks.PICTURES.resolve("form-end.png")));
    button(page, "Do not end it").click();
    assertThat(button(page, "Complete")).isFocused();
  }

  /** Also to who has nothing to do; and leads to the sections of a long page. */
  private static void saysWhoActsNow(Page page) {
    assertThat(page.locator(".awaited"))
        .hasText(Pattern.compile("Waits for: Review results · Quality · due .*"));
    Looks.now(page, "round-in-review-en");
    link(page, "Decisions").click();
    assertThat(page.locator("#decisions")).isInViewport();
    assertThat(page.getByText("The round is now at: Review results")).isVisible();
  }

  /** The task appears by itself on the page that was open before. */
  private void reviewsByKeys(Browser browser, URI server, Page page) {
    var form = formOf(page);
    assertThat(form).isVisible();
    var task = form.getAttribute("href").substring(1);
    readsFilesBehindAProxy(browser, server, task);
    Keys.press(page, form, "Enter");
    assertThat(page.getByText("May these results be published?")).isVisible();
    Keys.press(page, page.getByLabel("Approve the results"), "Space");
    Keys.press(page, button(page, "Complete"), "Enter");
    assertThat(page.getByText("Review results is completed.")).isVisible();
  }

  /** The links in a form lead below the prefix, in the console and in Tasklist. */
  private void readsFilesBehindAProxy(Browser browser, URI server, String task) {
    try (var proxy = new PrefixProxy(server, "/statistics/balsam")) {
      var page = page(browser, ColorScheme.LIGHT);
      page.navigate(proxy.base().resolve(task).toString());
      Looks.signIn(page, "quality");
      readsAFile(page, proxy.base());
      readsAFile(inTasklist(page), proxy.base());
      page.context().close();
    }
    requests.removeIf(url -> url.contains("/statistics/balsam/"));
  }

  /** Tasklist in its own tab, while the console stays. */
  private static Page inTasklist(Page page) {
    var tasklist = page.waitForPopup(link(page, "Open in Tasklist (new tab)")::click);
    tasklist.setDefaultTimeout(PATIENCE_MILLIS);
    return tasklist;
  }

  private static void readsAFile(Page page, URI base) {
    var file = link(page, "out/employment/employment.csv");
    file.hover();
    var address = file.getAttribute("href");
    Assertions.assertThat(address).startsWith(base.getPath() + "api/v1/");
    Assertions.assertThat(page.request().get(base.resolve(address).toString()).status())
        .isEqualTo(200);
  }

  /** On the round's page, which has followed what the other did. */
  private static void releases(Page page) {
    assertThat(page.getByText("The round is now at: Approve release")).isVisible();
    formOf(page).click();
    page.getByLabel("Approve the release").check();
    fitsTheCalendar(page);
    var now = LocalDateTime.now(ZoneOffset.UTC);
    fill(page, "Release moment: date", now.format(DateTimeFormatter.ofPattern("dd/MM/yyyy")));
    fill(page, "Release moment: time", now.format(DateTimeFormatter.ofPattern("HH:mm")));
    assertThat(page.locator(".understood"))
        .containsText(Pattern.compile("Understood as .*" + now.format(IN_WORDS)));
    button(page, "Complete").click();
    assertThat(page.getByText("Approve release is completed.")).isVisible();
    page.screenshot(new ScreenshotOptions().setPath(Looks.PICTURES.resolve("form-completed.png")));
    link(page, "2008-Q4, First release").first().click();
    var evidence = link(page, "Download the evidence");
    assertThat(evidence).isVisible();
    assertThat(link(page, "employment.csv")).isVisible();
    assertThat(page.getByText("outside the limit (for information)").first()).isVisible();
    var download = page.waitForDownload(evidence::click);
    Assertions.assertThat(download.suggestedFilename()).endsWith(".zip");
    Assertions.assertThat(download.failure()).isNull();
  }

  /** The moment of release in the zone that it was announced in, and in the reader's. */
  private void namesTheZone(Browser browser, URI server) {
    var page = page(browser, ColorScheme.LIGHT, "Europe/Stockholm");
    page.navigate(server.resolve(PAGE).toString());
    Looks.signIn(page, "quality");
    var announced = page.locator("#evidence ~ ul li").first();
    var moment = Instant.parse(announced.locator("time").first().getAttribute("datetime"));
    var here = moment.atZone(ZoneId.of("Europe/Stockholm")).format(CLOCK);
    assertThat(announced)
        .hasText(
            Pattern.compile(
                "Announced for .* %s UTC \\(.* %s CES?T\\)"
                    .formatted(moment.atZone(ZoneOffset.UTC).format(CLOCK), here)));
    page.context().close();
  }

  private static void fitsTheCalendar(Page page) {
    page.setViewportSize(320, 900);
    page.getByLabel("Release moment: date").click();
    assertThat(page.locator(".flatpickr-calendar.open .flatpickr-day").first()).isVisible();
    page.screenshot(new ScreenshotOptions().setPath(Looks.PICTURES.resolve("calendar-320.png")));
    var root = page.evaluate("document.documentElement.scrollWidth - innerWidth");
    Assertions.assertThat((int) root).isLessThanOrEqualTo(0);
    page.keyboard().press("Escape");
    page.setViewportSize(1280, 900);
  }

  /** The evidence on paper, which is white also for who reads it on a dark screen. */
  private static void prints(Page page) {
    page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
    assertThat(page.locator(".top")).not().isVisible();
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
    assertThat(page.locator(".quiet").first()).hasCSS("color", "rgb(74, 87, 81)");
    var picture = Looks.PICTURES.resolve("round-on-paper");
    page.pdf(new PdfOptions().setFormat("A4").setPath(Path.of(picture + ".pdf")));
    page.setViewportSize(794, 1123);
    page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(Path.of(picture + ".png")));
    page.emulateMedia(new EmulateMediaOptions().setMedia(Media.SCREEN));
  }

  /** What is released is revised, with a reason, from its page. */
  private static void revises(Page page) {
    page.setViewportSize(1280, 900);
    button(page, "Start a revision").click();
    button(page, "Begin").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    page.getByLabel("Kind of revision").selectOption("non-scheduled");
    page.getByLabel("Reason").fill("A month was wrong");
    Looks.now(page, "round-to-revise-en");
    button(page, "Begin").click();
    assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Revision 1")))
        .isVisible();
    assertThat(page.getByText("A month was wrong")).isVisible();
    assertThat(page.getByText("raw/ces@2008-q4-r1.1")).isVisible();
  }

  /**
   * What the revision lacks, from its page: after a refusal, which keeps what was filled in; and
   * the round, which waits for data by now, goes on.
   */
  private static void delivers(Page page, RoundClient rounds) throws IOException {
    page.navigate(URI.create(page.url()).resolve(formOf(page).getAttribute("href")).toString());
    assertThat(page.getByText("The release needs data that are not there.")).isVisible();
    assertThat(page.getByText("Are these inputs good enough?")).isVisible();
    page.screenshot(
        new ScreenshotOptions().setFullPage(true).setPath(Looks.PICTURES.resolve("form-lacks.png")));
    page.goBack();
    button(page, "Deliver data").click();
    rounds.complete("owner", REVISION, "userTask_confirmInputs", UNTIL_TOMORROW);
    assertThat(page.getByText("The round is now at: More data awaited")).isVisible();
    assertThat(page.getByLabel("Month")).hasValue("2008-12");
    assertThat(page.getByText("Nothing has been delivered for 2008-12 yet.")).isVisible();
    chooses(page, "month,\"never closed".getBytes(StandardCharsets.UTF_8));
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("is not CSV");
    var kept = page.getByLabel("File", EXACTLY).evaluate("input => input.files[0].name");
    Assertions.assertThat(kept).isEqualTo("december.csv");
    Looks.now(page, "round-delivery-refused-en");
    chooses(page, RoundClient.dataOf("2008-12"));
    assertThat(page.getByText("The file is the newest of raw/ces for 2008-12.")).isVisible();
    Looks.now(page, "round-delivered-en");
    button(page, "Close").click();
    assertThat(page.getByText("raw/ces@2008-q4-r1.2")).isVisible();
  }

  private static void chooses(Page page, byte[] content) {
    page.getByLabel("File", EXACTLY)
        .setInputFiles(new FilePayload("december.csv", "text/csv", content));
    button(page, "Deliver").click();
  }

  private static void startsTheNextPeriod(Page page) {
    page.navigate(page.url().replaceFirst("/rounds/.*", ""));
    button(page, "Start a round").click();
    assertThat(page.getByLabel("Period")).hasValue("2009-Q1");
    page.getByLabel("Period").fill("2008-Q4");
    button(page, "Begin").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("2008-q4");
    Looks.now(page, "project-period-refused-en");
    button(page, "Cancel").click();
  }

  /** A calendar that has only just appeared drops what is typed before it is there itself. */
  private static void fill(Page page, String field, String value) {
    var input = page.getByLabel(field);
    assertThat(page.locator(".fjs-datepicker .flatpickr-input")).isVisible();
    for (var attempt = 0; attempt < 5; attempt++) {
      input.fill(value);
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      page.waitForTimeout(500);
      if (input.inputValue().equals(value)) {
        return;
      }
    }
    throw new AssertionError(field + " does not take " + value);
  }

  private static void staysOn(URI server, List<String> urls) {
    Assertions.assertThat(urls)
        .isNotEmpty()
        .allSatisfy(
            url ->
                Assertions.assertThat(url).matches(Pattern.quote(server.toString()) + ".*|data:.*"));
  }

  private Page page(Browser browser, ColorScheme scheme) {
    return page(browser, scheme, "UTC");
  }

  private Page page(Browser browser, ColorScheme scheme, String zone) {
    var options =
        new NewContextOptions()
            .setViewportSize(1280, 900)
            .setColorScheme(scheme)
            .setLocale("en-GB")
            .setTimezoneId(zone);
    var page = browser.newContext(options).newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    witness.watches(page);
    page.onPageError(errors::add);
    page.onRequest(request -> requests.add(request.url()));
    return page;
  }

  private static Locator formOf(Page page) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(FORM)).first();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }
}
