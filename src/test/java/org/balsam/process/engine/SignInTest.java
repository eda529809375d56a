package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.process.engine.EngineFixture.Cast;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@EngineTest
class SignInTest {

  private static final String WEBAPP = "/camunda/api/engine/engine/default";

  @Autowired EmbeddedPeople people;
  @Autowired RecordedAudit audit;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/task",
        "/engine-rest/engine",
        "/engine-rest/version",
        "/api/v1/me",
        "/v3/api-docs",
        "/v3/api-docs.yaml",
        "/swagger-ui/index.html",
        "/actuator",
        "/actuator/env",
        "/camunda/api/engine/engine/default/task",
        "/camunda/api/cockpit/plugin/base/default/process-definition"
      })
  void strangersGetNothing(String path) throws Exception {
    assertThat(Http.anonymous(port).get(path).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/camunda/app/tasklist/default/", "/camunda/app/cockpit/default/", "/any"})
  void strangersAreLedToTheSignInPage(String path) throws Exception {
    var response = Http.anonymous(port).get(path);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
  }

  @Test
  void strangersMayAskForHealthAndSignIn() throws Exception {
    for (var path : List.of("/actuator/health", "/login", "/login.css")) {
      assertThat(Http.anonymous(port).get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void theFirstRunSetUpStaysClosedEvenWithoutAnyAdministrator() throws Exception {
    jdbc.sql("delete from balsam.platform_administrator").update();
    try {
      var user =
          "{\"profile\":{\"id\":\"evil\",\"firstName\":\"e\",\"lastName\":\"e\"},"
              + "\"credentials\":{\"password\":\"evil\"}}";
      for (var path :
          List.of(
              "/camunda/api/admin/setup/default/user/create",
              "/camunda/api/admin/setup/%64efault/user/create",
              "/camunda/api/admin/setup/other/user/create",
              "/camunda/api/admin/setup/default/",
              "/camunda/api/admin/setup",
              "/camunda/app/admin/default/setup/",
              "/camunda/app/admin/other/setup/x")) {
        for (var method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
          var stranger = Http.anonymous(port);
          stranger.get("/login");
          assertThat(stranger.json(method, path, user).statusCode())
              .as(method + path)
              .isIn(302, 401, 403);
          assertThat(Http.browser(port, "ann").json(method, path, user).statusCode())
              .as(method + path)
              .isEqualTo(403);
        }
      }
    } finally {
      people.ensureAdministrator("adm");
    }
    assertThat(jdbc.sql("select count(*) from act_id_user").query(Long.class).single()).isZero();
    assertThat(
            Http.browser(port, "adm")
                .json("POST", "/camunda/api/admin/setup/default/user/create", "{}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void signingInChangesTheSessionAndOpensTasklist() throws Exception {
    var http = Http.anonymous(port);
    http.get("/login");
    var before = http.cookie("JSESSIONID");
    var response = http.signIn("ann", Cast.password("ann"));
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(http.cookie("JSESSIONID")).isNotNull().isNotEqualTo(before);
    assertThat(http.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
  }

  @Test
  void aWrongPasswordLeadsBackAndIsRecorded() throws Exception {
    var response = Http.anonymous(port).signIn("sam", "wrong");
    assertThat(response.headers().firstValue("Location"))
        .hasValueSatisfying(to -> assertThat(to).endsWith("/login?error"));
    assertThat(audit.separately())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("signin.failed");
              assertThat(entry.subject()).isEqualTo("sam");
            });
  }

  @Test
  void theNameOfAFailedSignInStandsThereOnceMore() throws Exception {
    var http = Http.anonymous(port);
    http.signIn("s\"><b>", "wrong-password");
    assertThat(http.get("/login?error").body())
        .contains("value=\"s&quot;&gt;&lt;b&gt;\"")
        .doesNotContain("<b>", "wrong-password");
    assertThat(http.get("/login").body()).contains("value=\"\"");
  }

  @Test
  void theFormNeedsItsToken() throws Exception {
    var http = Http.anonymous(port);
    var response =
        http.send(
            http.request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "username=ann&password=" + Cast.password("ann").replace(" ", "+"))));
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void aSessionOpensTheApiForReadingAndWithATokenOnlyForWriting() throws Exception {
    var ann = Http.browser(port, "ann");
    assertThat(ann.get("/api/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(ann.json("POST", "/api/v1/nothing", "{}").statusCode()).isEqualTo(403);
    assertThat(Http.basic(port, "ann").json("POST", "/api/v1/nothing", "{}").statusCode())
        .isEqualTo(404);
    assertThat(Http.anonymous(port).json("POST", "/api/v1/nothing", "{}").statusCode())
        .isEqualTo(401);
  }

  @Test
  void aSessionDoesNotOpenTheEnginesRest() throws Exception {
    var adm = Http.browser(port, "adm");
    assertThat(adm.get("/engine-rest/task").statusCode()).isEqualTo(401);
    assertThat(adm.get("/actuator/env").statusCode()).isEqualTo(401);
  }

  @Test
  void theWebApplicationsNeedTheirToken() throws Exception {
    var ann = Http.browser(port, "ann");
    var response =
        ann.send(
            ann.request(WEBAPP + "/task/count")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void anotherSitesPageCannotUseAPasswordThatTheBrowserKnows() throws Exception {
    for (var path : List.of("/engine-rest/task/count", "/api/v1/nothing")) {
      var ann = Http.basic(port, "ann");
      var response =
          ann.send(
              ann.request(path)
                  .header("Sec-Fetch-Site", "cross-site")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{}")));
      assertThat(response.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void onlyAdministratorsLookBehindHealthAndDenialsAreRecorded() throws Exception {
    assertThat(Http.basic(port, "ann").get("/actuator/env").statusCode()).isEqualTo(403);
    assertThat(Http.basic(port, "adm").get("/actuator").statusCode()).isEqualTo(200);
    assertThat(audit.separately())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("access.denied");
              assertThat(entry.details()).containsEntry("path", "/actuator/env");
            });
  }

  @Test
  void theCorrelationIsTheClientsWhenItIsHarmless() throws Exception {
    var http = Http.anonymous(port);
    var own = http.send(http.request("/login").header("X-Correlation-Id", "run-42").GET());
    assertThat(own.headers().firstValue("X-Correlation-Id")).hasValue("run-42");
    var hostile = http.send(http.request("/login").header("X-Correlation-Id", "a b<script>").GET());
    assertThat(hostile.headers().firstValue("X-Correlation-Id"))
        .hasValueSatisfying(id -> assertThat(id).hasSize(36));
  }

  @Test
  void pagesCarryAPolicyAndTheSignInPageNoScript() throws Exception {
    var page = Http.anonymous(port).get("/login");
    assertThat(page.body())
        .contains("lang=\"en\"", "<label for=\"username\"")
        .doesNotContain("<script", "http://", "https://");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'self'", "frame-ancestors 'none'"));
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(
            Http.browser(port, "ann")
                .get("/camunda/app/tasklist/default/")
                .headers()
                .allValues("Content-Security-Policy"))
        .hasSize(1);
  }

  @Test
  void aDisabledPersonsSessionEnds() throws Exception {
    people.ensurePerson("tmp", "Temporary", "", Cast.password("tmp"));
    people.ensureAdministrator("tmp");
    var http = Http.browser(port, "tmp");
    assertThat(http.get(WEBAPP + "/task/count").statusCode()).isEqualTo(200);
    people.setDisabled("tmp", true);
    assertThat(http.get(WEBAPP + "/task/count").statusCode()).isEqualTo(401);
    assertThat(Http.basic(port, "tmp").get("/engine-rest/task").statusCode()).isEqualTo(401);
  }

  @Test
  void tasklistsOwnFormAndButtonWork() throws Exception {
    var http = Http.browser(port, "ann");
    var logout = http.json("POST", "/camunda/api/admin/auth/user/default/logout", "");
    assertThat(logout.statusCode()).isEqualTo(204);
    assertThat(http.get(WEBAPP + "/task/count").statusCode()).isEqualTo(401);
    assertThat(formSignIn(http, "wrong").statusCode()).isEqualTo(401);
    var response = formSignIn(http, Cast.password("ann"));
    assertThat(response.statusCode()).isEqualTo(303);
    var who = http.get(response.headers().firstValue("Location").orElseThrow());
    assertThat(who.statusCode()).isEqualTo(200);
    assertThat(who.body()).contains("\"ann\"", "tasklist").doesNotContain("cockpit");
    assertThat(http.get(WEBAPP + "/task/count").statusCode()).isEqualTo(200);
  }

  private java.net.http.HttpResponse<String> formSignIn(Http http, String password)
      throws Exception {
    var token = http.cookie("XSRF-TOKEN");
    var request =
        http.request("/camunda/api/admin/auth/user/default/login/tasklist")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-XSRF-TOKEN", token == null ? "" : token);
    return http.send(
        request.POST(
            BodyPublishers.ofString("username=ann&password=" + password.replace(" ", "+"))));
  }
}
