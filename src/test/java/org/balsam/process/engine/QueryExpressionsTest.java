package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.balsam.kernel.Invalid;
import org.balsam.process.engine.EngineFixture.Cast;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** CVE-2026-109432: expressions in queries, and what they could have reached. */
@EngineTest
class QueryExpressionsTest {

  private static final String WEBAPP = "/camunda/api/engine/engine/default";

  @Autowired Cast cast;
  @Autowired TaskService tasks;
  @Autowired FilterService filters;
  @Autowired EngineAccess engine;
  @LocalServerPort int port;

  @Test
  void expressionsAreNotEvaluatedAtTheTopOfAQueryNorInsideOr() {
    forbidden(() -> tasks.createTaskQuery().dueAfterExpression("${now()}").list());
    forbidden(
        () ->
            tasks
                .createTaskQuery()
                .or()
                .dueAfterExpression("${now()}")
                .taskName("x")
                .endOr()
                .list());
    forbidden(() -> tasks.createTaskQuery().or().dueAfterExpression("${now()}").endOr().count());
  }

  @Test
  void aSavedFilterWithAHiddenExpressionIsNotEvaluated() {
    var filter = filters.newTaskFilter("hostile");
    filter.setQuery(hidden());
    var saved = engine.asSystem(() -> filters.saveFilter(filter)).getId();
    forbidden(() -> filters.list(saved));
    forbidden(() -> filters.listPage(saved, 0, 10));
    forbidden(() -> filters.count(saved));
    forbidden(() -> filters.singleResult(saved));
    filters.deleteFilter(saved);
  }

  @Test
  void anOpenExpressionIsNotSaved() {
    var filter = filters.newTaskFilter("hostile");
    filter.setQuery(tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
    forbidden(() -> filters.saveFilter(filter));
  }

  @Test
  void anExtendingQueryDoesNotSneakOneIn() {
    var filter = filters.newTaskFilter("plain");
    filter.setQuery(tasks.createTaskQuery());
    var saved = filters.saveFilter(filter).getId();
    forbidden(() -> filters.list(saved, hidden()));
    forbidden(() -> filters.count(saved, hidden()));
    filters.deleteFilter(saved);
  }

  @Test
  void overHttpTheyAreBadRequestsAtAnyDepth() throws Exception {
    for (var body :
        List.of(
            "{\"dueAfterExpression\":\"${now()}\"}",
            "{\"orQueries\":[{\"dueAfterExpression\":\"${nosuchbean}\"}]}",
            "{\"orQueries\":[{\"due\\u0041fterExpression\":\"${nosuchbean}\"}]}",
            "{\"a\":[[{\"b\":{\"assigneeExpression\":\"${x}\"}}]]}",
            "{broken")) {
      for (var route : List.of("/task", "/task/count", "/filter/any/list", "/filter/create")) {
        assertThat(Http.basic(port, "ann").json("POST", "/engine-rest" + route, body).statusCode())
            .as(route + body)
            .isEqualTo(400);
        assertThat(Http.browser(port, "ann").json("POST", WEBAPP + route, body).statusCode())
            .as(route + body)
            .isEqualTo(400);
      }
    }
    for (var query : List.of("dueAfterExpression=$%7Bnow()%7D", "due%41fterExpression=x")) {
      assertThat(Http.basic(port, "ann").get("/engine-rest/task?" + query).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void ordinaryOrQueriesWork() throws Exception {
    var task = cast.task(cast.start("twoPersons", "ann"));
    var body = "{\"orQueries\":[{\"nameLike\":\"Prepare%\",\"assignee\":\"nobody\"}]}";
    var found = Http.basic(port, "ann").json("POST", "/engine-rest/task", body);
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).contains(task);
  }

  @Test
  void modelsReachWhitelistedBeansAndValuesOnly() {
    for (var hostile :
        List.of(
            "${dataSource}",
            "${roles.class}",
            "${roles.getClass()}",
            "${''.getClass().forName('java.lang.Runtime')}",
            "${execution.getClass().getClassLoader()}",
            "${execution.processEngineServices.runtimeService}",
            "${execution.getProcessEngine().getIdentityService()}",
            "${contextProbeDelegate.seen}",
            "${environment.getProperty('java.home')}")) {
      assertThatThrownBy(() -> deployAndRun(hostile)).as(hostile).isInstanceOf(Exception.class);
    }
    deployAndRun(
        "${roles.group(execution, 'owner') == 'alpha/owner' and execution.businessKey != null}");
    deployAndRun("${project.toUpperCase() == 'ALPHA' and project.length() > 2}");
  }

  @Test
  void modelsHaveNoScriptsAndNoClasses() {
    for (var hostile :
        List.of(
            "<scriptTask id=\"t\" scriptFormat=\"groovy\"><script>1</script></scriptTask>",
            "<scriptTask id=\"t\" scriptFormat=\"javascript\"><script>1</script></scriptTask>",
            "<serviceTask id=\"t\" camunda:class=\"org.balsam.process.engine.ContextProbeDelegate\"/>",
            "<serviceTask id=\"t\" camunda:delegateExpression=\"#{dataSource}\"/>")) {
      assertThatThrownBy(() -> deployAndRunTask(hostile)).as(hostile).isInstanceOf(Exception.class);
    }
  }

  private TaskQuery hidden() {
    return tasks.createTaskQuery().or().dueAfterExpression("${now()}").endOr();
  }

  private static void forbidden(ThrowingCallable query) {
    assertThatThrownBy(query)
        .isInstanceOfAny(BadUserRequestException.class, Invalid.class)
        .hasMessageContaining("are forbidden in");
  }

  @Autowired org.camunda.bpm.engine.RepositoryService repository;
  @Autowired org.camunda.bpm.engine.RuntimeService runtime;

  private void deployAndRun(String expression) {
    deployAndRunTask(
        "<serviceTask id=\"t\" camunda:expression=\""
            + expression.replace("'", "&apos;")
            + "\" camunda:resultVariable=\"r\"/>");
  }

  private void deployAndRunTask(String task) {
    var model =
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
            + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" targetNamespace=\"x\">"
            + "<process id=\"probe\" isExecutable=\"true\" camunda:historyTimeToLive=\"P1D\">"
            + "<startEvent id=\"s\"/><sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"t\"/>"
            + task
            + "<sequenceFlow id=\"f2\" sourceRef=\"t\" targetRef=\"u\"/><endEvent id=\"u\"/></process></definitions>";
    var deployment = repository.createDeployment().addString("probe.bpmn", model).deploy().getId();
    try {
      runtime.startProcessInstanceByKey("probe", "alpha-probe", Map.of("project", "alpha"));
    } finally {
      repository.deleteDeployment(deployment, true);
    }
  }
}
