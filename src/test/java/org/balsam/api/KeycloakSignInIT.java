package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.testing.KeycloakBrowser;
import org.balsam.testing.TestRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** People and programs with a real Keycloak, over real redirects. */
@ContextConfiguration(initializers = KeycloakPeople.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakSignInIT extends ApiTestBase {

  private static final String TASKLIST = "/camunda/app/tasklist/default/";
  private static final String WEBAPP = "/camunda/api/engine/engine/default";
  private static final Duration FRESH = Duration.ofSeconds(KeycloakPeople.FRESHNESS + 1);
  private static String shortLived;
  private static Instant shortLivedSince;

  @Autowired JdbcClient jdbc;

  private final TestRealm realm = KeycloakPeople.realm();

  @Override
  ApiFixture fixture() {
    return new ApiFixture(port, KeycloakPeople::authorization);
  }

  @Override
  void person(String id) {
    KeycloakPeople.ensure(id);
  }

  @Override
  void administrator(String id) {
    KeycloakPeople.ensureAdministrator(id);
  }

  @BeforeEach
  void know() {
    realm.balsamIsAt("http://127.0.0.1:" + port);
    if (shortLived == null) {
      realm.addClient("brief", "balsam-api");
      realm.changeClient("brief", Map.of("attributes", Map.of("access.token.lifespan", "1")));
      shortLived = realm.tokens("brief", "owner", password("owner")).path("access_token").asText();
      shortLivedSince = Instant.now();
    }
  }

  @Test
  @Order(1)
  void aPersonSignsInToTasklistByCodeWithPkceAndComesBackToTheirPage() {
    var browser = browser();
    var shown = browser.open(TASKLIST);
    assertThat(KeycloakBrowser.asksForPassword(shown)).isTrue();
    var question = browser.visited().get(browser.visited().size() - 1).getQuery();
    assertThat(question)
        .contains("response_type=code", "code_challenge_method=S256", "code_challenge=")
        .contains(
            "state=",
            "nonce=",
            "redirect_uri=http://127.0.0.1:" + port + "/login/oauth2/code/keycloak");
    var before = browser.cookie("JSESSIONID");
    var tasklist = browser.submit(shown, "owner", password("owner"));
    assertThat(tasklist.statusCode()).isEqualTo(200);
    assertThat(tasklist.uri().getPath()).isEqualTo(TASKLIST);
    assertThat(browser.cookie("JSESSIONID")).isNotEmpty().isNotEqualTo(before);
    assertThat(browser.get("/camunda/api/admin/auth/user/default").body())
        .contains("\"owner\"", "tasklist")
        .doesNotContain("cockpit");
    assertThat(browser.get("/api/v1/me").body()).contains("\"owner\"", P);
    assertThat(browser.get("/engine-rest/task").statusCode()).isEqualTo(401);
  }

  @Test
  @Order(2)
  void administratorsReachCockpitAndEverybodyTheApisPages() {
    assertThat(
            browser().signIn("/camunda/app/cockpit/default/", ADMIN, password(ADMIN)).statusCode())
        .isEqualTo(200);
    var refused = browser().signIn("/camunda/app/cockpit/default/", "owner", password("owner"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("for administrators of the platform", "Go to Tasklist");
    var api = browser().signIn("/swagger-ui/index.html", "owner", password("owner"));
    assertThat(api.statusCode()).isEqualTo(200);
    assertThat(api.uri().getPath()).isEqualTo("/swagger-ui/index.html");
    assertThat(browser().open("/login").body()).contains("href=\"oauth2/authorization/keycloak\"");
  }

  @Test
  @Order(3)
  void signingOutEndsTheSessionAtKeycloakToo() {
    var browser = browser();
    var account = realm.account("subject");
    var before = realm.sessions(account);
    browser.signIn(TASKLIST, "subject", password("subject"));
    assertThat(realm.sessions(account)).isEqualTo(before + 1);
    assertThat(browser.post("/camunda/api/admin/auth/user/default/logout", "").statusCode())
        .isEqualTo(204);
    assertThat(realm.sessions(account)).isEqualTo(before);
    assertThat(browser.get(WEBAPP + "/task/count").statusCode()).isEqualTo(401);
    assertThat(KeycloakBrowser.asksForPassword(browser.open(TASKLIST))).isTrue();
  }

  @Test
  @Order(3)
  void whoHasNoRoleYetIsToldSoAndCanSignOut() {
    KeycloakPeople.ensure("newcomer");
    var browser = browser();
    var page = browser.signIn(TASKLIST, "newcomer", password("newcomer"));
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("no role in any project", "Sign out");
    assertThat(browser.press(page, "out").uri().toString()).endsWith("/login?logout");
    assertThat(realm.sessions(realm.account("newcomer"))).isZero();
    assertThat(KeycloakBrowser.asksForPassword(browser.open(TASKLIST))).isTrue();
  }

  @Test
  @Order(3)
  void whatAPageLoadsOnTheSideBeginsNoSignInOfItsOwn() {
    var browser = browser();
    var form = browser.open(TASKLIST);
    for (var part : List.of("/camunda/app/tasklist/default/x.woff", "/x.png", "/favicon.ico")) {
      assertThat(browser.get(part).statusCode()).as(part).isIn(401, 404);
    }
    var page = browser.submit(form, "owner", password("owner"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.uri().toString()).endsWith(TASKLIST);
  }

  @Test
  @Order(4)
  void anAnswerThatThisBrowserDidNotAskForSignsNobodyIn() {
    var victim = browser();
    victim.open(TASKLIST);
    var attacker = browser();
    var callback = attacker.callback(attacker.open(TASKLIST), "outsider", password("outsider"));
    assertThat(victim.open(path(callback)).uri().toString()).endsWith("/login?error=failed");
    assertThat(victim.get("/api/v1/me").statusCode()).isEqualTo(401);
    assertThat(attacker.open(path(callback)).uri().getPath()).isEqualTo(TASKLIST);
    assertThat(attacker.open(path(callback)).uri().toString()).endsWith("/login?error=failed");
    assertThat(browser().open("/login/oauth2/code/keycloak?error=%3Cscript%3E&state=x").body())
        .doesNotContain("<script>");
  }

  @Test
  @Order(5)
  void nobodyIsLedElsewhereAfterSigningIn() {
    for (var start :
        List.of(
            "/oauth2/authorization/keycloak?redirect_uri=http://evil.example/&continue=//evil.example",
            "/login?continue=http://evil.example",
            "/login/oauth2/code/keycloak?state=x&redirect=http://evil.example")) {
      var browser = browser();
      browser.open(start);
      assertThat(browser.visited()).as(start).allMatch(this::isOurs);
    }
    var browser = browser();
    browser.signIn(
        "/oauth2/authorization/keycloak?redirect_uri=http://evil.example/",
        "outsider",
        password("outsider"));
    assertThat(browser.visited()).allMatch(this::isOurs);
    assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(6)
  void cookiesAreForThisSiteAndForTlsBehindAProxy() {
    var plain = read("/oauth2/authorization/keycloak");
    assertThat(plain.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Lax")
        .doesNotContain("Secure");
    var proxied =
        read(
            "/oauth2/authorization/keycloak",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "balsam.nsi.example",
            "X-Forwarded-Port",
            "443");
    assertThat(proxied.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Secure");
    assertThat(URI.create(proxied.header("Location")).getQuery())
        .contains("redirect_uri=https://balsam.nsi.example/login/oauth2/code/keycloak");
  }

  @Test
  @Order(7)
  void tasksAreClaimedAndCompletedInTasklistAndNeverByWhoStarted() {
    var project = "emp-web";
    var asked =
        api.post(
            ADMIN,
            "/api/v1/projects",
            newProject(project).replace("\"template\"", "\"owner\":\"outsider\",\"template\""));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    await(() -> taskOf(ADMIN, project) != null);
    var task = taskOf(ADMIN, project);
    realm.change(realm.account(ADMIN), Map.of("username", "renamed.admin"));
    try {
      var renamed = browser();
      renamed.signIn(TASKLIST, "renamed.admin", password(ADMIN));
      assertThat(renamed.get("/api/v1/me").body()).contains("\"" + ADMIN + "\"");
      var self = approve(renamed, task);
      assertThat(self.statusCode()).as(self.body()).isNotEqualTo(204);
      assertThat(self.body()).contains("same person");
    } finally {
      realm.change(realm.account("renamed.admin"), Map.of("username", ADMIN));
    }
    var second = browser();
    second.signIn(TASKLIST, "second.admin", password("second.admin"));
    var claim = "{\"userId\":\"second.admin\"}";
    assertThat(second.post(WEBAPP + "/task/" + task + "/claim", claim).statusCode()).isEqualTo(204);
    assertThat(approve(second, task).statusCode()).isEqualTo(204);
    await(() -> !realm.group("/nsi/production/" + project + "/owner").isEmpty());
    await(
        () ->
            api.get("outsider", "/api/v1/projects/" + project)
                .json()
                .path("state")
                .asText()
                .equals("active"));
  }

  @Test
  @Order(8)
  void theWebApplicationsNeedTheirToken() {
    var browser = browser();
    browser.signIn(TASKLIST, "owner", password("owner"));
    var answer =
        api.send(
            null,
            "POST",
            WEBAPP + "/task/count",
            "{}",
            "Cookie",
            "JSESSIONID=" + browser.cookie("JSESSIONID"));
    assertThat(answer.status()).isEqualTo(403);
    var other = browser();
    other.signIn(TASKLIST, "owner", password("owner"));
    assertThat(other.post("/api/v1/projects", newProject("emp-csrf")).statusCode()).isEqualTo(403);
  }

  @Test
  @Order(9)
  void onlyTokensForBalsamOpenTheApi() {
    realm.addClient("elsewhere", "another-api");
    var tokens = realm.tokens("programs", "owner", password("owner"));
    assertThat(bearer(tokens.path("access_token").asText()).status()).isEqualTo(200);
    refused(realm.tokens("elsewhere", "owner", password("owner")).path("access_token").asText());
    refused(tokens.path("id_token").asText());
    refused(tokens.path("refresh_token").asText());
    refused("nonsense");
    var other =
        TestRealm.create(KeycloakPeople.server().address(), "other", "http://127.0.0.1:8080");
    other.addClient("programs", "balsam-api");
    other.addPerson("owner", "The", "owner", "owner@example.org", "pw");
    refused(other.tokens("programs", "owner", "pw").path("access_token").asText());
    assertThat(
            read("/api/v1/me", "Authorization", ApiFixture.basic("owner", password("owner")))
                .status())
        .isEqualTo(401);
    assertThat(
            read(
                    "/engine-rest/task",
                    "Authorization",
                    "Bearer " + tokens.path("access_token").asText())
                .status())
        .isEqualTo(200);
  }

  @Test
  @Order(9)
  void peopleGetATokenForTheCommandLineAfterTheyConfirmItInABrowser() {
    var asked = realm.deviceCode("balsam-cli");
    var code = asked.path("device_code").asText();
    var browser = browser();
    var login = browser.open(asked.path("verification_uri_complete").asText());
    var question = browser.submit(login, "owner", password("owner"));
    assertThat(question.body()).contains("name=\"accept\"");
    browser.press(question, "accept");
    var token = realm.deviceTokens("balsam-cli", code).path("access_token").asText();
    assertThat(bearer(token).json().path("id").asText()).isEqualTo("owner");
    assertThat(realm.deviceTokens("balsam-cli", code).path("error").asText()).isNotEmpty();
  }

  @Test
  @Order(10)
  void whatIsTakenAwayAtKeycloakIsGoneInTimeForSessionsAndTokens() throws Exception {
    directory.setRoles(new ProjectId(P), "release", Set.of(Role.RELEASE));
    var browser = browser();
    browser.signIn(TASKLIST, "release", password("release"));
    assertThat(browser.get(PATH).statusCode()).isEqualTo(200);
    assertThat(api.get("release", PATH).status()).isEqualTo(200);
    realm.leave(realm.account("release"), realm.group("/nsi/production/" + P + "/release"));
    Thread.sleep(FRESH.toMillis());
    assertThat(browser.get(PATH).statusCode()).isEqualTo(404);
    assertThat(api.get("release", PATH).status()).isEqualTo(404);
    realm.change(realm.account("release"), Map.of("enabled", false));
    Thread.sleep(FRESH.toMillis());
    assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    assertThat(api.get("release", "/api/v1/me").status()).isEqualTo(401);
    realm.change(realm.account("release"), Map.of("enabled", true));
  }

  @Test
  @Order(11)
  void aServiceAccountHasItsRolesAndDecidesNothing() {
    realm.addClient("robot", "balsam-api");
    var robot = "Bearer " + realm.serviceToken("robot");
    var me = read("/api/v1/me", "Authorization", robot);
    assertThat(me.status()).as(me.text()).isEqualTo(200);
    assertThat(me.json().path("id").asText()).isEqualTo("service-account-robot");
    realm.join(realm.serviceAccount("robot"), realm.group("/nsi/platform/administrator"));
    directory.setRoles(new ProjectId(P), "service-account-robot", Set.of(Role.SUBJECT));
    assertThat(read(PATH, "Authorization", robot).status()).isEqualTo(200);
    assertThat(api.post("outsider", "/api/v1/projects", newProject("emp-robot")).status())
        .isEqualTo(201);
    await(() -> taskOf(ADMIN, "emp-robot") != null);
    var decided =
        api.send(
            null,
            "POST",
            "/api/v1/tasks/" + taskOf(ADMIN, "emp-robot") + "/complete",
            "{\"variables\":{\"approvalDecision\":\"approve\"}}",
            "Authorization",
            robot);
    assertThat(decided.status()).as(decided.text()).isEqualTo(403);
    assertThat(decided.text()).contains("service account");
  }

  @Test
  @Order(12)
  void anAccountThatCannotBeAPersonIsToldSoAndRecorded() {
    realm.addPerson("Odd.name@x.example", "Odd", "Name", "odd@x.example", "pw");
    var page = browser().signIn(TASKLIST, "odd.name@x.example", "pw");
    assertThat(page.uri().toString()).endsWith("/login?error=account_refused");
    assertThat(page.body()).contains("ask the operator");
    assertThat(
            jdbc.sql("select count(*) from balsam.audit_event where action = 'signin.failed'")
                .query(Long.class)
                .single())
        .isPositive();
  }

  @Test
  @Order(13)
  void theFirstRunSetUpStaysClosedWithoutAnyAdministrator() throws Exception {
    var group = realm.group("/nsi/platform/administrator");
    var administrators = List.of(ADMIN, "second.admin");
    administrators.forEach(person -> realm.leave(realm.account(person), group));
    Thread.sleep(FRESH.toMillis());
    try {
      var user =
          "{\"profile\":{\"id\":\"evil\",\"firstName\":\"e\",\"lastName\":\"e\"},"
              + "\"credentials\":{\"password\":\"evil\"}}";
      var owner = browser();
      owner.signIn(TASKLIST, "owner", password("owner"));
      for (var path :
          List.of(
              "/camunda/api/admin/setup/default/user/create",
              "/camunda/api/admin/setup/%64efault/user/create",
              "/camunda/api/admin/setup",
              "/camunda/app/admin/default/setup/")) {
        var stranger = browser();
        stranger.open("/login");
        assertThat(stranger.post(path, user).statusCode()).as(path).isIn(302, 401, 403);
        assertThat(owner.post(path, user).statusCode()).as(path).isEqualTo(403);
        assertThat(stranger.get(path).statusCode()).as(path).isIn(302, 401, 403);
      }
      assertThat(jdbc.sql("select count(*) from engine.act_id_user").query(Long.class).single())
          .isZero();
    } finally {
      administrators.forEach(this::administrator);
    }
  }

  @Test
  @Order(14)
  void anExpiredTokenIsRefused() throws Exception {
    var wait = Duration.between(Instant.now(), shortLivedSince.plusSeconds(32));
    Thread.sleep(Math.max(0, wait.toMillis()));
    refused(shortLived);
  }

  @Test
  @Order(15)
  void whileKeycloakIsAwayPeopleAreAskedToComeAgainAndAfterwardsItGoesOn() throws Exception {
    var browser = browser();
    browser.signIn(TASKLIST, "owner", password("owner"));
    assertThat(api.get("owner", PATH).status()).isEqualTo(200);
    KeycloakPeople.server().halt();
    try {
      Thread.sleep(FRESH.toMillis());
      comeAgain(api.get("owner", PATH));
      comeAgain(read("/engine-rest/task", "Authorization", KeycloakPeople.authorization("owner")));
      assertThat(browser.get(WEBAPP + "/task/count").statusCode()).isEqualTo(503);
      assertThat(browser.get(TASKLIST).headers().firstValue("Retry-After")).hasValue("5");
      assertThat(read("/actuator/health").status()).isEqualTo(200);
    } finally {
      KeycloakPeople.server().resume();
    }
    await(() -> api.get("owner", PATH).status() == 200);
    assertThat(browser.get(WEBAPP + "/task/count").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> approve(KeycloakBrowser browser, String task) {
    return browser.post(
        WEBAPP + "/task/" + task + "/submit-form",
        "{\"variables\":{\"approvalDecision\":{\"value\":\"approve\"}}}");
  }

  private KeycloakBrowser browser() {
    return new KeycloakBrowser(URI.create("http://127.0.0.1:" + port));
  }

  /** As a stranger, apart from the headers. */
  private Reply read(String path, String... headers) {
    return api.send(null, "GET", path, BodyPublishers.noBody(), "application/json", headers);
  }

  private Reply bearer(String token) {
    return read("/api/v1/me", "Authorization", "Bearer " + token);
  }

  private void refused(String token) {
    assertThat(token).isNotEmpty();
    var answer = bearer(token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer", "invalid_token");
    assertThat(answer.code()).isNotEmpty();
  }

  private static void comeAgain(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("directory-unavailable");
    assertThat(reply.header("Retry-After")).isEqualTo("5");
    assertThat(reply.text()).contains("Keycloak").doesNotContain("Exception", TestRealm.SECRET);
  }

  private boolean isOurs(URI address) {
    return address.getAuthority().equals("127.0.0.1:" + port)
        || address.getAuthority().equals(KeycloakPeople.server().address().getAuthority());
  }

  private static String path(String address) {
    var uri = URI.create(address);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static String password(String person) {
    return ApiFixture.password(person);
  }
}
