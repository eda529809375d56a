package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.api.RouteFixture.Access;
import org.balsam.api.RouteFixture.Route;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every route of the API with every kind of person, against one project of which they are not all.
 */
class RouteRoleMatrixTest extends RouteTestBase {

  @Autowired List<RequestMappingInfoHandlerMapping> mappings;

  @Test
  void everyRouteIsClassified() {
    var found = new TreeSet<String>();
    for (var mapping : mappings) {
      mapping
          .getHandlerMethods()
          .forEach(
              (info, handler) -> {
                if (!handler.getBeanType().getName().contains(".actuate.")) {
                  var methods = info.getMethodsCondition().getMethods();
                  for (var pattern : info.getPatternValues()) {
                    if (methods.isEmpty()) {
                      found.add("GET " + pattern);
                    }
                    methods.forEach(method -> found.add(method + " " + pattern));
                  }
                }
              });
    }
    assertThat(RouteFixture.all().stream().map(Route::key))
        .as("say in RouteFixture who may call it")
        .containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void nobodyGetsMoreThanTheirRoleAllows() {
    var before = fingerprint();
    var softly = new SoftAssertions();
    for (var route : RouteFixture.all()) {
      checkStranger(softly, route);
      checkOutsider(softly, route);
      for (var role : Role.values()) {
        if (isRestricted(route) && !route.roles().contains(role)) {
          softly
              .assertThat(call(role.value(), route).status())
              .as("%s as %s", route.key(), role.value())
              .isEqualTo(403);
        }
      }
      if (route.access() == Access.PROJECT && !route.administrators()) {
        softly
            .assertThat(call(ADMIN, route).status())
            .as("%s as an administrator who is no member", route.key())
            .isIn(403, 404);
      }
    }
    softly.assertThat(fingerprint()).as("nothing was changed").isEqualTo(before);
    softly.assertAll();
  }

  @Test
  void everybodyGetsWhatTheirRoleAllows() {
    var softly = new SoftAssertions();
    for (var route : RouteFixture.all()) {
      for (var person : allowed(route)) {
        if (route.access() == Access.FORM
            || route.access() == Access.PAGE && !pagesTakeCredentials()) {
          continue; // needs a browser's session: LaunchApiTest, KeycloakSignInIT
        }
        softly
            .assertThat(call(person, route).status())
            .as("%s as %s", route.key(), person)
            .isNotIn(401, 403, 405, 413, 415)
            .isLessThan(500);
      }
    }
    softly.assertAll();
  }

  @Test
  void theAuditorReadsEverythingAndChangesNothing() {
    var before = fingerprint();
    for (var route : RouteFixture.all()) {
      if (route.access() == Access.PROJECT) {
        var status = call("auditor", route).status();
        if (route.changes()) {
          assertThat(status).as(route.key()).isIn(403, 409);
        } else {
          assertThat(status).as(route.key()).isIn(200, 404);
        }
      }
    }
    assertThat(fingerprint()).isEqualTo(before);
  }

  /** Whether pages are for who brings credentials as well as for who has a session. */
  boolean pagesTakeCredentials() {
    return true;
  }

  private static boolean isRestricted(Route route) {
    return route.access() == Access.PROJECT || route.access() == Access.PLATFORM;
  }

  private void checkStranger(SoftAssertions softly, Route route) {
    var reply = call(null, route);
    if (route.access() == Access.OPEN) {
      softly.assertThat(reply.status()).as(route.key()).isNotIn(401, 403);
    } else if (route.access() == Access.PAGE) {
      var browser =
          api.send(
              null,
              "GET",
              path(route),
              BodyPublishers.noBody(),
              "text/plain",
              "Accept",
              "text/html");
      softly.assertThat(browser.status()).as("%s as nobody", route.key()).isEqualTo(302);
    } else if (route.access() == Access.FORM) {
      softly.assertThat(reply.status()).as("%s as nobody", route.key()).isEqualTo(403);
    } else {
      softly.assertThat(reply.status()).as("%s as nobody", route.key()).isEqualTo(401);
      softly.assertThat(reply.text()).as(route.key()).doesNotContain("emp-secret-", task, event);
    }
  }

  private void checkOutsider(SoftAssertions softly, Route route) {
    if (route.access() == Access.OPEN) {
      return;
    }
    var path = path(route);
    var reply = call(OUTSIDER, route);
    var sent = path + route.body();
    for (var secret : List.of(P, round, task, event)) {
      if (!sent.contains(secret)) {
        softly.assertThat(reply.text()).as("%s as outsider", route.key()).doesNotContain(secret);
      }
    }
    if (route.access() == Access.PLATFORM) {
      softly.assertThat(reply.status()).as("%s as outsider", route.key()).isEqualTo(403);
    }
    if (route.access() == Access.PROJECT) {
      softly
          .assertThat(reply.status())
          .as("%s as outsider: %s", route.key(), reply.text())
          .isEqualTo(404);
      softly
          .assertThat(neutral(reply))
          .as("%s tells an outsider that the project exists", route.key())
          .isEqualTo(neutral(call(OUTSIDER, route, nowhere(path))));
    }
  }

  /** The same request about something that does not exist. */
  private String nowhere(String path) {
    return path.replace(P, "emp-nowhere")
        .replace(task, "00000000-0000-0000-0000-000000000000")
        .replace(event, "00000000-0000-0000-0000-000000000000");
  }

  /** An answer without the names that the request brought. */
  private String neutral(Reply reply) {
    return reply.status()
        + reply
            .text()
            .replace("emp-nowhere", P)
            .replace(task, "00000000-0000-0000-0000-000000000000")
            .replace(event, "00000000-0000-0000-0000-000000000000");
  }

  private static List<String> allowed(Route route) {
    var persons = new ArrayList<String>();
    if (!isRestricted(route)) {
      persons.add(OUTSIDER);
    }
    route.roles().forEach(role -> persons.add(role.value()));
    if (route.administrators()) {
      persons.add(ADMIN);
    }
    return persons;
  }

  private Reply call(@Nullable String person, Route route) {
    return call(person, route, path(route));
  }

  private Reply call(@Nullable String person, Route route, String path) {
    var body =
        route.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(route.body());
    return api.send(
        person,
        route.method(),
        path,
        body,
        "application/json",
        "If-Match",
        "\"1\"",
        "Accept",
        "*/*");
  }

  private String path(Route route) {
    var path =
        route
            .pattern()
            .replace("{project}", P)
            .replace("{round}", round)
            .replace("{training}", P + "-train-a1b2c3")
            .replace("{model}", "damage")
            .replace("{job}", round + "-g54-impute-a1b2")
            .replace("{layer}", "raw")
            .replace("{name}", route.pattern().contains("schedules") ? schedule : "ces")
            .replace("{file}", "part.csv")
            .replace("{exploration}", P + "-explore-a1b2c3")
            .replace("{workspace}", "ws-" + P + "-unobody")
            .replace("{branch}", "main")
            .replace("{fileId}", "YmFsc2FtLnlhbWw")
            .replace("{rollback}", P + "-rollback-a1b2c3")
            .replaceAll(
                "\\{(version|before|after)}",
                route.pattern().contains("models") ? "1.0.0" : period + "-r0.1")
            .replace("{template}", "jupyter-small")
            .replace("{person}", "methodology")
            .replace("{task}", task)
            .replace("{size}", "1")
            .replace("{letter}", "1")
            .replace("{library}", "methods")
            .replace("{item}", "0".repeat(32))
            .replace("{id}", route.pattern().contains("tasks") ? task : event);
    if (route.pattern().equals("/api/v1/workspaces/{workspace}")) {
      return path + "?branchId=main&projectId=" + P;
    }
    if (route.method().equals("PUT") && path.endsWith("/branches/main/files")) {
      return path + "?libraryId=methods&fileId=" + "0".repeat(32);
    }
    if (path.endsWith("/objects/part.csv")) {
      return path + "?period=1990-01";
    }
    if (path.endsWith("/consistency")) {
      return path + "?from=1";
    }
    if (path.endsWith("/events/stream")) {
      return path + "?seconds=0";
    }
    return path.endsWith("/export") ? path + "?project=" + P : path;
  }
}
