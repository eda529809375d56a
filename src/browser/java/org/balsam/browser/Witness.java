package org.balsam.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what went wrong in the pages of a test, and shows it with pictures when that fails. */
final class Witness {

  private static final int FIRST_REFUSAL = 400;

  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** From now on. */
  void watches(Page page) {
    page.onPageError(error -> seen.add(page.url() + ": " + error));
    page.onRequestFailed(request -> seen.add(request.failure() + " " + request.url()));
    page.onResponse(
        answer -> {
          if (answer.status() >= FIRST_REFUSAL) {
            seen.add(answer.status() + " " + answer.url());
          }
        });
  }

  /** Keeps {@code failed-*.png} of all open pages and {@code failed.txt} beside the pictures. */
  void tells(Browser browser) {
    var pages = browser.contexts().stream().flatMap(context -> context.pages().stream()).toList();
    for (var page : pages) {
      seen.add("picture " + pages.indexOf(page) + ": " + page.url());
      try {
        page.screenshot(
            new ScreenshotOptions()
                .setTimeout(30_000)
                .setPath(Looks.PICTURES.resolve("failed-" + pages.indexOf(page) + ".png")));
      } catch (PlaywrightException gone) {
        seen.add("no picture: " + gone.getMessage());
      }
    }
    try {
      Files.createDirectories(Looks.PICTURES);
      Files.write(Looks.PICTURES.resolve("failed.txt"), seen);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
