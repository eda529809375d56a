package org.balsam.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A person with the console in front of them. */
final class ConsoleVisit {

  private final String base;
  private final Page page;
  private final List<String> errors = new ArrayList<>();

  /** Nobody is signed in yet. */
  ConsoleVisit(Browser browser, URI base, double patienceMillis) {
    this.base = base.toString();
    var options =
        new NewContextOptions()
            .setViewportSize(1280, 900)
            .setLocale("en-GB")
            .setAcceptDownloads(true);
    this.page = browser.newContext(options).newPage();
    page.setDefaultTimeout(patienceMillis);
    page.onPageError(errors::add);
  }

  /** Opens a page as a person of the demo, by way of the sign-in. */
  ConsoleVisit signIn(String person, String path) {
    open(path);
    page.getByLabel("User").fill(person);
    page.getByLabel("Password").fill("balsam");
    button("Sign in").click();
    return this;
  }

  void open(String path) {
    page.navigate(base + path);
  }

  Page page() {
    return page;
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }

  Locator text(String words) {
    return page.getByText(words);
  }

  /** How wide the page is beyond what a screen of this width shows, in pixels. */
  int overflow(int width) {
    page.setViewportSize(width, 800);
    var root = "document.documentElement";
    return (int) page.evaluate(root + ".scrollWidth - " + root + ".clientWidth");
  }

  /** What scripts failed with. */
  List<String> errors() {
    return errors;
  }
}
