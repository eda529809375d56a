package org.balsam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The engine's own routes, on which Balsam's rules must hold too. */
class EngineRouteMatrixTest extends RouteTestBase {

  private static final String REST = "/engine-rest";
  private static final String WEBAPP = "/camunda/api/engine/engine/default";

  private static final List<String> READS =
      List.of(
          "/task",
          "/task/count",
          "/task?processInstanceBusinessKey={round}",
          "/task/{task}",
          "/task/{task}/form",
          "/task/{task}/form-variables",
          "/task/{task}/rendered-form",
          "/task/{task}/deployed-form",
          "/task/{task}/variables",
          "/task/{task}/localVariables",
          "/task/{task}/identity-links",
          "/task/{task}/comment",
          "/task/{task}/attachment",
          "/process-instance",
          "/process-instance?businessKey={round}",
          "/process-instance/{instance}",
          "/process-instance/{instance}/variables",
          "/process-instance/{instance}/activity-instances",
          "/process-instance/{instance}/comment",
          "/execution",
          "/execution?processInstanceId={instance}",
          "/execution/{instance}/localVariables",
          "/variable-instance",
          "/variable-instance?processInstanceIdIn={instance}",
          "/incident",
          "/job",
          "/job-definition",
          "/external-task",
          "/event-subscription",
          "/process-definition",
          "/process-definition/key/statisticalRound/statistics",
          "/decision-definition",
          "/decision-requirements-definition",
          "/deployment",
          "/filter",
          "/group",
          "/group/count",
          "/tenant",
          "/user",
          "/user/count",
          "/identity/groups?userId=owner",
          "/authorization",
          "/batch",
          "/batch/statistics",
          "/metrics",
          "/history/process-instance",
          "/history/process-instance?processInstanceBusinessKey={round}",
          "/history/process-instance/{instance}",
          "/history/task",
          "/history/task?taskId={task}",
          "/history/activity-instance",
          "/history/variable-instance",
          "/history/variable-instance?processInstanceId={instance}",
          "/history/detail",
          "/history/incident",
          "/history/job-log",
          "/history/external-task-log",
          "/history/user-operation",
          "/history/identity-link-log",
          "/history/decision-instance",
          "/history/batch",
          "/history/task/report?reportType=count&groupBy=taskName",
          "/history/process-instance/report?reportType=duration&periodUnit=month",
          "/history/cleanup/configuration",
          "/history/process-definition/cleanable-process-instance-report");

  /** Path to body; PUT where the path ends with {@code =PUT}, DELETE with {@code =DELETE}. */
  private static final Map<String, String> WRITES =
      Map.ofEntries(
          Map.entry("/task/{task}/claim", "{\"userId\":\"{me}\"}"),
          Map.entry("/task/{task}/complete", "{\"variables\":{}}"),
          Map.entry("/task/{task}/submit-form", "{\"variables\":{}}"),
          Map.entry("/task/{task}/assignee", "{\"userId\":\"{me}\"}"),
          Map.entry("/task/{task}/delegate", "{\"userId\":\"{me}\"}"),
          Map.entry("/task/{task}/identity-links", "{\"userId\":\"{me}\",\"type\":\"candidate\"}"),
          Map.entry("/task/{task}/comment/create", "{\"message\":\"matrix\"}"),
          Map.entry("/task/{task}/variables/run=PUT", "{\"value\":9,\"type\":\"Long\"}"),
          Map.entry("/task/{task}=DELETE", ""),
          Map.entry("/task/create", "{\"name\":\"matrix\",\"tenantId\":\"emp-secret\"}"),
          Map.entry("/process-instance/{instance}=DELETE", ""),
          Map.entry(
              "/process-instance/{instance}/variables/run=PUT", "{\"value\":9,\"type\":\"Long\"}"),
          Map.entry("/process-instance/{instance}/suspended=PUT", "{\"suspended\":true}"),
          Map.entry(
              "/process-instance/{instance}/modification",
              "{\"instructions\":[{\"type\":\"startBeforeActivity\","
                  + "\"activityId\":\"userTask_approveRelease\"}]}"),
          Map.entry("/process-instance/delete", "{\"processInstanceIds\":[\"{instance}\"]}"),
          Map.entry(
              "/process-definition/key/statisticalRound/start",
              "{\"businessKey\":\"emp-secret-1989-q1-r0\","
                  + "\"variables\":{\"project\":{\"value\":\"emp-secret\",\"type\":\"String\"}}}"),
          Map.entry(
              "/process-definition/suspended=PUT",
              "{\"suspended\":true," + "\"processDefinitionKey\":\"statisticalRound\"}"),
          Map.entry(
              "/message",
              "{\"messageName\":\"balsam.cancelRequested\",\"businessKey\":\"{round}\"}"),
          Map.entry("/signal", "{\"name\":\"anything\"}"),
          Map.entry("/condition", "{\"variables\":{}}"),
          Map.entry("/execution/{instance}/localVariables/run=PUT", "{\"value\":9}"),
          Map.entry("/history/process-instance/{instance}=DELETE", ""),
          Map.entry("/user/create", "{\"profile\":{\"id\":\"intruder\"},\"credentials\":{}}"),
          Map.entry("/group/create", "{\"id\":\"emp-secret/king\",\"name\":\"x\",\"type\":\"x\"}"),
          Map.entry("/tenant/create", "{\"id\":\"emp-secret2\",\"name\":\"x\"}"),
          Map.entry(
              "/authorization/create",
              "{\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"{me}\",\"resourceType\":8,"
                  + "\"resourceId\":\"*\"}"));

  /** They keep processes running; each of these is recorded as an intervention. */
  private static final Set<String> ADMINISTRATORS_MAY =
      Set.of(
          "/task/{task}/comment/create",
          "/process-instance/{instance}/suspended=PUT",
          "/process-definition/suspended=PUT");

  private String instance;

  @Test
  void strangersGetNothing() {
    prepareInstance();
    var softly = new SoftAssertions();
    for (var read : READS) {
      for (var prefix : List.of(REST, WEBAPP)) {
        var reply = api.send(null, "GET", prefix + filled(read, "x"), null);
        softly.assertThat(reply.status()).as("GET %s%s", prefix, read).isEqualTo(401);
      }
    }
    WRITES.forEach(
        (path, body) -> {
          var reply = write(null, path, body);
          softly.assertThat(reply.status()).as("change %s", path).isEqualTo(401);
        });
    softly.assertAll();
  }

  @Test
  void outsidersSeeNothingOfTheProject() throws Exception {
    prepareInstance();
    var softly = new SoftAssertions();
    for (var read : READS) {
      check(softly, read, api.get(OUTSIDER, REST + filled(read, OUTSIDER)));
    }
    var browser = signIn(OUTSIDER);
    for (var read : READS) {
      check(softly, read, inBrowser(browser, WEBAPP + filled(read, OUTSIDER)));
    }
    softly.assertAll();
  }

  @Test
  void membersSeeTheirProject() {
    prepareInstance();
    for (var role : Role.values()) {
      assertThat(api.get(role.value(), REST + "/process-instance").text())
          .as(role.value())
          .contains(round);
    }
    assertThat(api.get(OUTSIDER, REST + "/process-instance").status()).isEqualTo(200);
  }

  @Test
  void nobodyOutsideAndNoAuditorChangesAnything() {
    prepareInstance();
    var before = fingerprint();
    var softly = new SoftAssertions();
    for (var person : List.of(OUTSIDER, "auditor", ADMIN)) {
      WRITES.forEach(
          (path, body) -> {
            if (person.equals(ADMIN) && ADMINISTRATORS_MAY.contains(path)) {
              return;
            }
            var reply = write(person, path, body);
            softly
                .assertThat(reply.status())
                .as("%s as %s: %s", path, person, reply.text())
                .isBetween(400, 599);
            if (person.equals(OUTSIDER)) {
              check(softly, path + body, reply);
            }
          });
    }
    softly.assertThat(fingerprint()).as("nothing was changed").isEqualTo(before);
    softly.assertAll();
  }

  @Test
  void peopleReadAPageAndProgramsAProblemWhereTheirRolesDoNotLead() throws Exception {
    var browser = signIn(OUTSIDER);
    var cockpit = URI.create("http://127.0.0.1:" + port + "/camunda/app/cockpit/default/");
    var page =
        browser.send(
            HttpRequest.newBuilder(cockpit)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .build(),
            BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.body()).contains("administrators of the platform", "Go to Tasklist");
    var problem = inBrowser(browser, "/camunda/app/cockpit/default/");
    assertThat(problem.status()).isEqualTo(403);
    assertThat(problem.json().path("code").asText()).isEqualTo("forbidden");
  }

  private void prepareInstance() {
    instance = api.get("owner", REST + "/task/" + task).json().path("processInstanceId").asText();
    assertThat(instance).isNotBlank();
  }

  private void check(SoftAssertions softly, String route, Reply reply) {
    var sent = filled(route, OUTSIDER);
    for (var secret : List.of(P, round, task, instance)) {
      if (!sent.contains(secret)) {
        softly
            .assertThat(reply.text())
            .as("%s %s tells an outsider", reply.response().uri(), reply.status())
            .doesNotContain(secret);
      }
    }
    if (sent.contains(task) || sent.contains(instance)) {
      softly
          .assertThat(
              reply.status() != 200 || reply.text().matches("(?s)\\[]|\\{}|\\{\"count\":0}"))
          .as("%s: %s %s", route, reply.status(), reply.text())
          .isTrue();
    }
  }

  private Reply write(@Nullable String person, String route, String body) {
    var parts = route.split("=(?=PUT$|DELETE$)");
    var method = parts.length == 1 ? "POST" : parts[1];
    var path = REST + filled(parts[0], person == null ? "x" : person);
    return api.send(person, method, path, filled(body, person == null ? "x" : person));
  }

  private String filled(String text, String me) {
    return text.replace("{task}", task)
        .replace("{instance}", instance)
        .replace("{round}", round)
        .replace("{me}", me);
  }

  /** The browser of a person who signed in. */
  private HttpClient signIn(String person) throws Exception {
    var browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    var page = browser.send(browserGet("/login"), BodyHandlers.ofString()).body();
    var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
    assertThat(token.find()).as(page).isTrue();
    var form =
        Map.of("username", person, "password", ApiFixture.password(person), "_csrf", token.group(1))
            .entrySet()
            .stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    browser.send(request.build(), BodyHandlers.discarding());
    var tasklist =
        browser.send(browserGet("/camunda/app/tasklist/default/"), BodyHandlers.ofString());
    assertThat(tasklist.statusCode()).isEqualTo(200);
    return browser;
  }

  private HttpRequest browserGet(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  private Reply inBrowser(HttpClient browser, String path) throws Exception {
    var response = browser.send(browserGet(path), BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), new String(response.body(), UTF_8), response);
  }
}
