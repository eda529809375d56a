package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;

/**
 * Looks at pages of the console in both languages and themes, wide and narrow: what axe-core finds,
 * what does not fit, and a picture of each in {@code target/screenshots}.
 */
final class Looks {

  /** Where the pictures are kept. */
  static final Path PICTURES = Path.of("target/screenshots");

  private static final List<Integer> WIDTHS = List.of(1280, 320);
  private static final int HEIGHT = 900;
  private static final List<ColorScheme> SCHEMES = List.of(ColorScheme.LIGHT, ColorScheme.DARK);
  private static final String ROOT = "document.documentElement";

  private final Browser browser;
  private final URI base;
  private final double patienceMillis;

  /**
   * At the console of one server.
   *
   * @param base the console, with a slash at its end
   */
  Looks(Browser browser, URI base, double patienceMillis) {
    this.browser = browser;
    this.base = base;
    this.patienceMillis = patienceMillis;
  }

  /**
   * A person of the demo looks at these pages, which are paths without a slash at their beginning.
   */
  void at(String person, List<String> paths) {
    inEachLanguage(
        (page, language, softly) -> {
          signIn(page, person);
          for (var path : paths) {
            page.setViewportSize(WIDTHS.get(0), HEIGHT);
            page.navigate(base.resolve(path).toString());
            isThere(page);
            eachScheme(softly, page, nameOf(path) + "-" + language);
          }
        });
  }

  /** At the page that asks who one is. */
  void atTheSignIn() {
    inEachLanguage((page, language, softly) -> eachScheme(softly, page, "sign-in-" + language));
  }

  private interface Look {
    void at(Page page, String language, SoftAssertions softly);
  }

  private void inEachLanguage(Look look) {
    var softly = new SoftAssertions();
    for (var language : List.of("en-GB", "sv-SE")) {
      try (var context = browser.newContext(new NewContextOptions().setLocale(language))) {
        var page = context.newPage();
        page.setDefaultTimeout(patienceMillis);
        page.navigate(base.resolve("work").toString());
        look.at(page, language.substring(0, 2), softly);
      }
    }
    softly.assertAll();
  }

  private static String nameOf(String path) {
    return path.isEmpty()
        ? "start"
        : path.replaceAll("[0-9a-f-]{36}", "one")
            .replaceAll("-(train|explore)-[0-9a-z]+$", "-$1-one")
            .replace('/', '_')
            .replace('?', '-');
  }

  /** Looks at a page as it is now, for example with a dialog open, in the language it has. */
  static void now(Page page, String name) {
    var softly = new SoftAssertions();
    var before = page.viewportSize();
    eachScheme(softly, page, name);
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(before.width, before.height);
    softly.assertAll();
  }

  /** On the page that asks for it, in whatever language. */
  static void signIn(Page page, String person) {
    page.locator("[name=username]").fill(person);
    page.locator("[name=password]").fill("balsam");
    page.locator("button[type=submit]").click();
    assertThat(page.locator(".top")).isVisible();
  }

  private static void isThere(Page page) {
    assertThat(page.locator("main h1")).isVisible();
    assertThat(page.locator(".spinner")).hasCount(0);
  }

  private static void eachScheme(SoftAssertions softly, Page page, String name) {
    for (var scheme : SCHEMES) {
      page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
      eachWidth(softly, page, name + "-" + scheme.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void eachWidth(SoftAssertions softly, Page page, String name) {
    for (var width : WIDTHS) {
      page.setViewportSize(width, HEIGHT);
      page.screenshot(
          new ScreenshotOptions()
              .setFullPage(true)
              .setPath(PICTURES.resolve(name + "-" + width + ".png")));
      softly
          .assertThat((int) page.evaluate(ROOT + ".scrollWidth - " + ROOT + ".clientWidth"))
          .as("%s at %d pixels is wider than its window by", name, width)
          .isLessThanOrEqualTo(0);
      softly
          .assertThat(new AxeBuilder(page).analyze().getViolations())
          .as("%s at %d pixels", name, width)
          .isEmpty();
    }
  }
}
