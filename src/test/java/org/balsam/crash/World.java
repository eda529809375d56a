package org.balsam.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.Api;
import org.balsam.testing.Api.Answer;
import org.balsam.testing.ChildServer;

/** What the people of demo mode see of the server, and what lies in its database and folders. */
final class World {

  private static final int PATIENCE_SECONDS = 20;
  private static final Map<String, List<String>> PEOPLE =
      Map.of(
          "owner", List.of("owner"),
          "subject", List.of("subject"),
          "methodology", List.of("methodology"),
          "production", List.of("production"),
          "steward", List.of("steward"),
          "quality", List.of("quality"),
          "auditor", List.of("auditor"));

  private final ChildServer server;
  private final Api api;
  private final Set<String> accepted = new HashSet<>();

  World(ChildServer server) {
    this.server = server;
    this.api = new Api(server.base());
  }

  /** An open task of a person. */
  record Task(String id, String activity, String subject) {}

  Path home() {
    return server.home();
  }

  Forge forge() {
    return new LocalForge(home().resolve("git"), Clock.systemUTC());
  }

  FilesystemObjectStore objects() {
    return new FilesystemObjectStore(home().resolve("objects"), Clock.systemUTC());
  }

  /** Whether demo mode has done its work, which begins when the server answers. */
  boolean isFilled() {
    return api.get("owner", "/api/v1/projects/emp-industry").status() == 200;
  }

  /** An active project in which everybody has the role of their name. */
  void project(ProjectId project, String template, String classification) {
    post(
        "owner",
        "/api/v1/projects",
        Map.of(
            "id",
            project.value(),
            "name",
            "Project " + project,
            "purpose",
            "Is killed and goes on",
            "template",
            template,
            "classification",
            classification));
    var path = "/api/v1/projects/" + project;
    Await.that("the project " + project + " to be active", () -> isActive(project));
    PEOPLE.forEach(
        (person, roles) ->
            succeed(api.put("admin", path + "/members/" + person, Map.of("roles", roles)), path));
  }

  private boolean isActive(ProjectId project) {
    for (var task : tasks(project.value())) {
      complete("admin", task, Map.of("approvalDecision", "approve"));
    }
    return column("select state from project where id = ?", project.value()).contains("ACTIVE");
  }

  void deliver(String person, String path, byte[] content) {
    succeed(api.put(person, path, content), path);
  }

  JsonNode post(String person, String path, Map<String, ?> body) {
    return succeed(api.post(person, path, body), path).body();
  }

  /**
   * Asks until it is accepted, and then not again: a second request would wait for the rows that
   * the job to be killed has locked.
   */
  void ask(String person, String path, Map<String, ?> body) {
    if (!accepted.contains(path)) {
      var answer = api.post(person, path, body);
      if (answer.status() != 409) {
        succeed(answer, path);
        accepted.add(path);
      }
    }
  }

  private static Answer succeed(Answer answer, String path) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(path + " answered " + answer.status() + answer.body());
    }
    return answer;
  }

  /** The open tasks of the instances whose business key begins like this. */
  List<Task> tasks(String subject) {
    var found = new ArrayList<Task>();
    var sql =
        """
        select task.id_ || '|' || task.task_def_key_ || '|' || instance.business_key_
          from engine.act_ru_task task join engine.act_ru_execution instance
            on instance.id_ = task.proc_inst_id_
          where starts_with(instance.business_key_, ?)
        """;
    for (var row : column(sql, subject)) {
      var cells = row.split("\\|");
      found.add(new Task(cells[0], cells[1], cells[2]));
    }
    return found;
  }

  /** Completes a task; it may have ended in the meantime. */
  void complete(String person, Task task, Map<String, ?> variables) {
    var path = "/api/v1/tasks/" + task.id + "/complete";
    var answer = api.post(person, path, Map.of("variables", variables));
    if (answer.status() != 409 && answer.status() != 404) {
      succeed(answer, task.activity + " of " + task.subject);
    }
  }

  /** Lets the timers at these elements be due now. */
  void elapse(String subject, String... events) {
    var sql =
        """
        update engine.act_ru_job job set duedate_ = timestamp '2000-01-01'
          from engine.act_ru_jobdef definition, engine.act_ru_execution instance
          where definition.id_ = job.job_def_id_ and definition.act_id_ = any (?)
            and instance.id_ = job.process_instance_id_
            and starts_with(instance.business_key_, ?)
            and job.duedate_ > timestamp '2000-01-01'
        """;
    try (var connection = server.database();
        var statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      statement.setArray(1, connection.createArrayOf("text", events));
      statement.setString(2, subject);
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Suspends the job definitions of an element, or lets them go on. */
  void hold(String element, boolean held) {
    var sql = "update engine.act_ru_jobdef set suspension_state_ = ? where act_id_ = ?";
    try (var connection = server.database();
        var statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      statement.setInt(1, held ? 2 : 1);
      statement.setString(2, element);
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The first column of a query, as text. */
  List<String> column(String sql, Object... parameters) {
    try (var connection = server.database();
        var statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(PATIENCE_SECONDS);
      for (var i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var found = new ArrayList<String>();
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The one value of a query; empty when there is none. */
  String value(String sql, Object... parameters) {
    return column(sql, parameters).stream().findFirst().orElse("");
  }
}
