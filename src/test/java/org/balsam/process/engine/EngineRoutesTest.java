package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.balsam.process.engine.EngineFixture.Cast;
import org.balsam.testing.RecordedAudit;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@EngineTest
class EngineRoutesTest {

  private static final String WEBAPP = "/camunda/api/engine/engine/default";

  @Autowired Cast cast;
  @Autowired RuntimeService runtime;
  @Autowired RecordedAudit audit;
  @LocalServerPort int port;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/task",
        "/task/{task}",
        "/task/{task}/variables",
        "/task/{task}/variables/shown",
        "/task/{task}/form-variables",
        "/task/{task}/form",
        "/task/{task}/deployed-form",
        "/task/{task}/comment",
        "/task/{task}/identity-links",
        "/task/{task}/attachment",
        "/process-instance",
        "/process-instance/{instance}",
        "/process-instance/{instance}/variables",
        "/process-instance/{instance}/activity-instances",
        "/process-instance/{instance}/comment",
        "/execution",
        "/execution/{instance}",
        "/execution/{instance}/localVariables",
        "/variable-instance",
        "/incident",
        "/event-subscription",
        "/job",
        "/external-task",
        "/batch",
        "/process-definition/statistics",
        "/process-definition/key/twoPersons/statistics",
        "/history/process-instance",
        "/history/process-instance/{instance}",
        "/history/activity-instance",
        "/history/task",
        "/history/task?taskId={task}",
        "/history/variable-instance",
        "/history/detail",
        "/history/identity-link-log",
        "/history/user-operation",
        "/history/incident",
        "/history/job-log",
        "/history/decision-instance",
        "/history/external-task-log",
        "/history/process-instance/report?reportType=duration&periodUnit=month",
        "/history/task/report?reportType=count",
        "/metrics",
        "/metrics/activity-instance-start/sum",
        "/user",
        "/user/ann/profile",
        "/group?member=ann",
        "/tenant",
        "/identity/groups?userId=ann",
        "/filter",
        "/authorization"
      })
  void othersSeeNothingOfTheProject(String route) throws Exception {
    var instance = cast.start("twoPersons", "ann");
    var task = cast.task(instance);
    comment(task);
    var key =
        runtime
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .singleResult()
            .getBusinessKey();
    var path = route.replace("{task}", task).replace("{instance}", instance);
    for (var person : List.of("eve", "zoe")) {
      for (var response :
          List.of(
              Http.basic(port, person).get("/engine-rest" + path),
              Http.browser(port, person).get(WEBAPP + path))) {
        assertThat(response.statusCode()).as(person).isIn(200, 302, 400, 401, 403, 404);
        var body = response.body();
        assertThat(body).doesNotContain(key, "as it is", "Person ann", "\"alpha");
        if (response.statusCode() == 200) {
          assertThat(body).doesNotContain(instance, task);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/task/{task}",
        "/task/{task}/variables",
        "/task/{task}/form-variables",
        "/task/{task}/comment",
        "/process-instance/{instance}",
        "/process-instance/{instance}/variables",
        "/history/process-instance/{instance}",
        "/history/task?taskId={task}",
        "/history/variable-instance?processInstanceId={instance}",
        "/user/ann/profile",
        "/identity/groups?userId=ann"
      })
  void membersSeeTheirProject(String route) throws Exception {
    var instance = cast.start("twoPersons", "ann");
    var task = cast.task(instance);
    comment(task);
    var path = route.replace("{task}", task).replace("{instance}", instance);
    for (var person : List.of("aud", "bob")) {
      var response = Http.basic(port, person).get("/engine-rest" + path);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.body())
          .containsAnyOf(instance, task, "as it is", "Person ann", "alpha/owner");
      assertThat(Http.browser(port, person).get(WEBAPP + path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void foreignersNeitherCommentNorWork() throws Exception {
    var task = cast.task(cast.start("twoPersons", "ann"));
    var eve = Http.basic(port, "eve");
    assertThat(
            eve.json("POST", "/engine-rest/task/" + task + "/comment/create", "{\"message\":\"x\"}")
                .statusCode())
        .isIn(400, 403);
    assertThat(
            eve.json("POST", "/engine-rest/task/" + task + "/claim", "{\"userId\":\"eve\"}")
                .statusCode())
        .isEqualTo(403);
    assertThat(eve.json("POST", "/engine-rest/task/" + task + "/complete", "{}").statusCode())
        .isEqualTo(403);
    assertThat(eve.json("POST", "/engine-rest/task/" + task + "/submit-form", "{}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void selfReviewIsRefusedOnEveryRouteAndRecorded() throws Exception {
    var instance = prepared("ann");
    var task = cast.task(instance);
    var body = "{\"variables\":{\"reviewDecision\":{\"value\":\"approve\",\"type\":\"String\"}}}";
    for (var act : List.of("complete", "submit-form", "resolve")) {
      var rest =
          Http.basic(port, "ann").json("POST", "/engine-rest/task/" + task + "/" + act, body);
      assertThat(rest.statusCode()).as(rest.body()).isEqualTo(403);
      var webapp =
          Http.browser(port, "ann").json("POST", WEBAPP + "/task/" + task + "/" + act, body);
      assertThat(webapp.statusCode()).as(webapp.body()).isEqualTo(403);
    }
    var claim =
        Http.basic(port, "ann")
            .json("POST", "/engine-rest/task/" + task + "/claim", "{\"userId\":\"ann\"}");
    assertThat(claim.statusCode()).isEqualTo(403);
    assertThat(claim.body()).contains("the same person completed 'Prepare'");
    assertThat(
            audit.separately().stream().filter(entry -> task.equals(entry.details().get("task"))))
        .hasSizeGreaterThanOrEqualTo(7);
    var done =
        Http.browser(port, "bob").json("POST", WEBAPP + "/task/" + task + "/submit-form", body);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
  }

  @Test
  void hostileFormsAreBadRequests() throws Exception {
    var task = cast.task(cast.start("twoPersons", "ann"));
    var complete = "/engine-rest/task/" + task + "/complete";
    var ann = Http.basic(port, "ann");
    for (var variables :
        List.of(
            "\"project\":{\"value\":\"beta\"}",
            "\"prepareDecision\":{\"value\":\"maybe\"}",
            "\"prepareDecision\":{\"value\":\"stop\"}",
            "\"prepareDecision\":{\"value\":\"go\"},\"note\":{\"value\":\"a\\u202eb\"}",
            "\"prepareDecision\":{\"value\":\"go\"},\"note\":{\"value\":\"a\\u0000b\"}",
            "\"prepareDecision\":{\"value\":\"go\"},\"note\":{\"value\":\""
                + "x".repeat(4001)
                + "\"}",
            "\"prepareDecision\":{\"value\":\"go\"},\"note\":{\"value\":\"rO0AB\",\"type\":\"Object\","
                + "\"valueInfo\":{\"objectTypeName\":\"java.util.HashMap\","
                + "\"serializationDataFormat\":\"application/x-java-serialized-object\"}}",
            "\"prepareDecision\":{\"value\":\"go\"},\"note\":{\"value\":\"{}\",\"type\":\"Object\","
                + "\"valueInfo\":{\"objectTypeName\":\"java.lang.ProcessBuilder\","
                + "\"serializationDataFormat\":\"application/json\"}}")) {
      var response = ann.json("POST", complete, "{\"variables\":{" + variables + "}}");
      assertThat(response.statusCode()).as(variables + " " + response.body()).isEqualTo(400);
    }
    assertThat(
            ann.json(
                    "POST",
                    complete,
                    "{\"variables\":{\"note\":{\"value\":\"" + "x".repeat(2 << 20) + "\"}}}")
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void nobodyChangesTheCourseOfAProcess() throws Exception {
    var instance = cast.start("starterExcluded", "sam");
    var task = cast.task(instance);
    var variable = "{\"value\":\"x\",\"type\":\"String\"}";
    var modifications = "{\"modifications\":{\"x\":" + variable + "},\"deletions\":[\"project\"]}";
    var attempts =
        List.of(
            Map.entry("PUT /process-instance/" + instance + "/variables/project", variable),
            Map.entry("POST /process-instance/" + instance + "/variables", modifications),
            Map.entry("DELETE /process-instance/" + instance + "/variables/project", ""),
            Map.entry("PUT /execution/" + instance + "/localVariables/x", variable),
            Map.entry("PUT /task/" + task + "/variables/project", variable),
            Map.entry("PUT /task/" + task + "/localVariables/x", variable),
            Map.entry("POST /task/" + task + "/variables", modifications),
            Map.entry("POST /task/" + task + "/delegate", "{\"userId\":\"bob\"}"),
            Map.entry("POST /task/" + task + "/resolve", "{}"),
            Map.entry("POST /task/" + task + "/bpmnError", "{\"errorCode\":\"any\"}"),
            Map.entry("POST /task/" + task + "/bpmnEscalation", "{\"escalationCode\":\"any\"}"),
            Map.entry(
                "POST /task/" + task + "/identity-links",
                "{\"groupId\":\"alpha/quality\",\"type\":\"candidate\"}"),
            Map.entry("POST /task/create", "{\"name\":\"mine\",\"assignee\":\"ann\"}"),
            Map.entry("PUT /task/" + task, "{\"name\":\"other\",\"owner\":\"ann\"}"),
            Map.entry("DELETE /task/" + task, ""),
            Map.entry(
                "POST /message",
                "{\"messageName\":\"balsam.testArrived\",\"processInstanceId\":\""
                    + instance
                    + "\"}"),
            Map.entry("POST /signal", "{\"name\":\"any\"}"),
            Map.entry("POST /execution/" + instance + "/signal", "{}"),
            Map.entry(
                "POST /process-instance/" + instance + "/modification",
                "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"catchEvent\"}]}"),
            Map.entry("DELETE /process-instance/" + instance, ""),
            Map.entry(
                "POST /process-instance/delete",
                "{\"processInstanceIds\":[\"" + instance + "\"],\"deleteReason\":\"x\"}"),
            Map.entry(
                "POST /process-definition/key/starterExcluded/start",
                "{\"variables\":{\"project\":{\"value\":\"alpha\"}}}"),
            Map.entry(
                "POST /process-definition/key/starterExcluded/submit-form",
                "{\"variables\":{\"project\":{\"value\":\"alpha\"}}}"),
            Map.entry("DELETE /history/process-instance/" + instance, ""),
            Map.entry(
                "POST /authorization/create",
                "{\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"ann\",\"resourceType\":8,\"resourceId\":\"*\"}"),
            Map.entry(
                "POST /filter/create",
                "{\"resourceType\":\"Task\",\"name\":\"f\",\"query\":{},\"properties\":{}}"),
            Map.entry("POST /identity/verify", "{\"username\":\"bob\",\"password\":\"guess\"}"));
    assertThat(
            Http.basic(port, "ann")
                .json(
                    "POST",
                    "/engine-rest/external-task/fetchAndLock",
                    "{\"workerId\":\"w\",\"maxTasks\":1,"
                        + "\"topics\":[{\"topicName\":\"t\",\"lockDuration\":1000}]}")
                .statusCode())
        .isEqualTo(403);
    for (var person : List.of("ann", "adm", "eve", "aud")) {
      var rest = Http.basic(port, person);
      var browser = Http.browser(port, person);
      for (var attempt : attempts) {
        var parts = attempt.getKey().split(" ");
        var direct = rest.json(parts[0], "/engine-rest" + parts[1], attempt.getValue());
        assertThat(direct.statusCode()).as(person + " " + attempt + direct.body()).isIn(403, 404);
        var webapp = browser.json(parts[0], WEBAPP + parts[1], attempt.getValue());
        assertThat(webapp.statusCode())
            .as(person + " " + attempt + webapp.body())
            .isIn(401, 403, 404);
      }
    }
    assertThat(cast.activity(instance)).isEqualTo("userTask_approve");
    assertThat(runtime.getVariable(instance, "project")).isEqualTo("alpha");
  }

  @Test
  void nobodyDeploysThroughTheApi() throws Exception {
    var body =
        "--b\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nmine\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.bpmn\"\r\n\r\n"
            + "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"x\">"
            + "<process id=\"p\" isExecutable=\"true\"/></definitions>\r\n--b--\r\n";
    for (var person : List.of("ann", "adm")) {
      var http = Http.basic(port, person);
      var response =
          http.send(
              http.request("/engine-rest/deployment/create")
                  .header("Content-Type", "multipart/form-data; boundary=b")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
    }
  }

  @Test
  void administratorsRepairButRestOnTheRecord() throws Exception {
    var instance = cast.start("twoPersons", "ann");
    var adm = Http.basic(port, "adm");
    assertThat(adm.get("/engine-rest/process-instance/" + instance).statusCode()).isEqualTo(200);
    assertThat(
            adm.json(
                    "PUT",
                    "/engine-rest/process-instance/" + instance + "/suspended",
                    "{\"suspended\":true}")
                .statusCode())
        .isEqualTo(204);
    assertThat(audit.separately())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("engine.intervention");
              assertThat(entry.details()).containsEntry("command", "SuspendProcessInstanceCmd");
            });
    assertThat(
            Http.basic(port, "ann")
                .json(
                    "PUT",
                    "/engine-rest/process-instance/" + instance + "/suspended",
                    "{\"suspended\":false}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void onlyAdministratorsOpenCockpitAndStrangersNotEvenTasklist() throws Exception {
    var ann = Http.browser(port, "ann");
    assertThat(ann.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
    assertThat(ann.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(403);
    assertThat(ann.get("/camunda/app/admin/default/").statusCode()).isEqualTo(403);
    assertThat(Http.browser(port, "adm").get("/camunda/app/cockpit/default/").statusCode())
        .isEqualTo(200);
    assertThat(Http.browser(port, "zoe").get("/camunda/app/tasklist/default/").statusCode())
        .isEqualTo(403);
  }

  @Test
  void tasklistHasItsListsAndTheyWork() throws Exception {
    var task = cast.task(cast.start("twoPersons", "ann"));
    var ann = Http.browser(port, "ann");
    assertThat(
            ann.json("POST", WEBAPP + "/task/" + task + "/claim", "{\"userId\":\"ann\"}")
                .statusCode())
        .isEqualTo(204);
    var filters = ann.get(WEBAPP + "/filter?resourceType=Task").body();
    assertThat(filters)
        .contains("\"For me\"", "\"My tasks\"", "\"All tasks\"", "\"Unclaimed tasks\"");
    assertThat(listed(ann, filters, "For me")).contains(task);
    assertThat(listed(ann, filters, "My tasks")).contains(task);
    var id = filterId(filters, "My tasks");
    assertThat(Http.browser(port, "bob").get(WEBAPP + "/filter?resourceType=Task").body())
        .doesNotContain(id);
    assertThat(ann.json("POST", WEBAPP + "/task/" + task + "/unclaim", "{}").statusCode())
        .isEqualTo(204);
  }

  private static String filterId(String filters, String name) {
    return filters.replaceAll(
        "(?s).*\"id\":\"([^\"]+)\",\"resourceType\":\"Task\",\"name\":\"" + name + "\".*", "$1");
  }

  private static String listed(Http person, String filters, String name) throws Exception {
    var list = WEBAPP + "/filter/" + filterId(filters, name) + "/list?firstResult=0&maxResults=50";
    return person.json("POST", list, "{}").body();
  }

  @Test
  void administratorsDoNotSeeTheListsOfOthers() throws Exception {
    Http.browser(port, "ann").get("/camunda/app/tasklist/default/");
    var filters = Http.browser(port, "adm").get(WEBAPP + "/filter?resourceType=Task").body();
    assertThat(filters.split("\"For me\"", -1)).hasSize(2);
    assertThat(filters.split("\"My tasks\"", -1)).hasSize(2);
  }

  @Test
  void tasklistSpeaksPlainlyAndItsScriptsAreKept() throws Exception {
    var ann = Http.browser(port, "ann");
    var page = ann.get("/camunda/app/tasklist/default/");
    var texts = page.headers().firstValue("Link").orElseThrow().replaceAll("<([^>]+)>.*", "$1");
    assertThat(ann.get(texts).body()).contains("The task is not completed", "SHORTCUT_HELP");
    var style = ann.get("/camunda/app/tasklist/styles/user-styles.css?bust=7.24.0");
    assertThat(style.body()).contains("create-task-action");
    assertThat(style.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
    var script = ann.get("/camunda/lib/runtime.js?bust=7.24.0");
    assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
  }

  @Test
  void aSessionLosesWhatItsPersonLoses() throws Exception {
    var instance = cast.start("twoPersons", "ann");
    var bea = Http.browser(port, "bea");
    assertThat(bea.get(WEBAPP + "/process-instance/" + instance).statusCode()).isEqualTo(200);
    var before = cast.directory.members(EngineFixture.ALPHA);
    cast.directory.setRoles(EngineFixture.ALPHA, "bea", java.util.Set.of());
    try {
      assertThat(bea.get(WEBAPP + "/process-instance/" + instance).statusCode())
          .isIn(401, 403, 404);
    } finally {
      before.stream()
          .filter(member -> member.person().equals("bea"))
          .forEach(member -> cast.directory.setRoles(EngineFixture.ALPHA, "bea", member.roles()));
    }
  }

  private String prepared(String person) {
    var instance = cast.start("twoPersons", "zoe");
    cast.complete(instance, person, Map.of("prepareDecision", "go"));
    return instance;
  }

  private void comment(String task) throws Exception {
    var made =
        Http.basic(port, "ann")
            .json(
                "POST",
                "/engine-rest/task/" + task + "/comment/create",
                "{\"message\":\"as it is\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
  }
}
