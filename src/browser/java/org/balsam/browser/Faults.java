package org.balsam.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What may go wrong between a browser and the server. */
final class Faults {

  private Faults() {}

  /**
   * The first POST to the address reaches the server, and its answer is lost; later ones go through.
   *
   * @param address a glob
   * @return the idempotency keys of all of them, as they come
   */
  static List<String> losesTheFirstAnswer(Page page, String address) {
    var keys = new CopyOnWriteArrayList<String>();
    page.route(
        address,
        route -> {
          if (!route.request().method().equals("POST")) {
            route.resume();
            return;
          }
          keys.add(String.valueOf(route.request().headerValue("Idempotency-Key")));
          if (keys.size() == 1) {
            route.fetch();
            route.abort();
          } else {
            route.resume();
          }
        });
    return keys;
  }

  /** Something in front of the server answers instead of it, and knows nothing of Balsam. */
  static void answersFor(Route route) {
    route.fulfill(
        new FulfillOptions().setStatus(500).setContentType("text/html").setBody("<h1>500</h1>"));
  }
}
