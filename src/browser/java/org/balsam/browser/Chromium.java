package org.balsam.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** The browser of this machine. */
final class Chromium {

  private static final Path PROGRAM =
      Path.of(System.getenv().getOrDefault("BALSAM_CHROMIUM", "/usr/bin/chromium"));

  private Chromium() {}

  /** Skips the test where there is no browser, unless one is required; says how long to wait. */
  static void isNeeded(double patienceMillis) {
    var isThere = Files.isExecutable(PROGRAM);
    if ("required".equals(System.getenv("BALSAM_IT_SERVERS"))) {
      Assertions.assertThat(isThere)
          .as("%s: install Chromium, or set BALSAM_CHROMIUM", PROGRAM)
          .isTrue();
    }
    assumeTrue(isThere, () -> "skipped: there is no Chromium at " + PROGRAM);
    PlaywrightAssertions.setDefaultAssertionTimeout(patienceMillis);
  }

  static Playwright playwright() {
    return Playwright.create(
        new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  /**
   * As root Chromium has no sandbox; it opens nothing but the server of the test.
   *
   * @param more arguments for it
   */
  static Browser launch(Playwright playwright, String... more) {
    return playwright
        .chromium()
        .launch(
            new LaunchOptions()
                .setExecutablePath(PROGRAM)
                .setArgs(
                    Stream.concat(
                            Stream.of(
                                "--no-sandbox",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run"),
                            Stream.of(more))
                        .toList()));
  }
}
