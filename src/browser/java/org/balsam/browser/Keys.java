package org.balsam.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Moves through a page as people do who use no mouse. */
final class Keys {

  /** Those of a whole page, whose lists and links of files come before the form. */
  private static final int MOST_STOPS = 60;

  private Keys() {}

  /** Presses the tabulator until the element has the focus, then the key. */
  static void press(Page page, Locator element, String key) {
    for (var stop = 0; stop < MOST_STOPS; stop++) {
      if ((boolean) element.evaluate("found => found === document.activeElement")) {
        page.keyboard().press(key);
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError(element + " is not among the next " + MOST_STOPS + " stops");
  }
}
