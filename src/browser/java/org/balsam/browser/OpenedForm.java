package org.balsam.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.balsam.testing.Api;

/** The way to a form from the page of what it is about, when others or the network are in it. */
final class OpenedForm {

  private static final String LIBRARY = "**/camunda/lib/deps.js";

  private final Page page;
  private final Api api;

  OpenedForm(Page page, URI server) {
    this.page = page;
    this.api = new Api(server);
  }

  /** Somebody claims the task while the link to its form is pressed, and gives it back. */
  void whileItIsClaimed(Locator link, String person) {
    var address = link.getAttribute("href");
    var task = "/api/v1/tasks/" + address.substring(address.lastIndexOf('/') + 1);
    link.hover();
    page.mouse().down();
    posted(person, task + "/claim");
    assertThat(page.locator(".awaited")).containsText("claimed by");
    page.mouse().up();
    assertThat(page).hasURL(URI.create(page.url()).resolve(address).toString());
    posted(person, task + "/unclaim");
  }

  private void posted(String person, String path) {
    Assertions.assertThat(api.post(person, path, Map.of()).status()).isEqualTo(204);
  }

  /** Until {@link #andIsTriedAgain}. */
  void withoutItsLibrary() {
    page.route(LIBRARY, Route::abort);
  }

  /** The library comes at the second attempt. */
  void andIsTriedAgain() {
    var again = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Try again"));
    assertThat(again).isVisible();
    page.unroute(LIBRARY);
    again.click();
  }
}
