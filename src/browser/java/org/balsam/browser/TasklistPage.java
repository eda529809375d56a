package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;

/** Tasklist as a person has it in front of them. */
final class TasklistPage {

  private static final double SLOW_MILLIS = 9_000;

  private final URI base;
  private final Page page;

  TasklistPage(Browser browser, URI base, double patienceMillis) {
    this.base = base;
    this.page =
        browser.newContext(new NewContextOptions().setViewportSize(1280, 1000)).newPage();
    page.setDefaultTimeout(patienceMillis);
  }

  Page page() {
    return page;
  }

  String address(String path) {
    return base.resolve(path).toString();
  }

  /** As over a slow network: a script of the page takes longer than RequireJS waits by itself. */
  void slowly() {
    page.route(
        "**/camunda/lib/globalize.js*",
        route -> {
          page.waitForTimeout(SLOW_MILLIS);
          route.resume();
        });
  }

  void signIn(String person) {
    page.navigate(address("/camunda/app/tasklist"));
    page.getByLabel("User").fill(person);
    page.getByLabel("Password").fill("balsam");
    button("Sign in").click();
  }

  void open(String task) {
    page.locator(".tasks-list").getByText(task).first().click();
    showsForm();
  }

  /** With the keys alone. */
  void chooseByKey(String answer) {
    Keys.press(page, page.getByLabel(answer), "Space");
    assertThat(page.getByLabel(answer)).isChecked();
    Keys.press(page, button("Complete"), "Enter");
  }

  void narrow() {
    page.setViewportSize(400, 800);
  }

  /** By how many pixels the form is wider than the room that it has. */
  int overflow() {
    var form = "document.querySelector('.fjs-container')";
    return (int) page.evaluate(form + ".scrollWidth - " + form + ".clientWidth");
  }

  /** How many fields of the form a screen reader has no name for. */
  int unlabelledFields() {
    return (int)
        page.evaluate(
            "[...document.querySelectorAll('.fjs-container input, .fjs-container textarea')]"
                + ".filter(field => field.labels.length === 0 && !field.ariaLabel).length");
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  Locator messages() {
    return page.locator(".page-notifications");
  }

  private void showsForm() {
    assertThat(page.locator(".fjs-container")).isVisible();
  }
}
