package org.balsam.usecase.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the closings of projects. Changed only by whoever holds the project's row lock. */
@Component
class ClosureLedger {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_OUTCOME = 4000;

  private final JdbcClient jdbc;

  ClosureLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<ProjectClosure> find(ProjectId project) {
    return jdbc.sql("select * from balsam.project_closure where project = :project")
        .param("project", project.value())
        .query(ClosureLedger::closure)
        .optional();
  }

  /**
   * The closing that is on its way.
   *
   * @throws Rejection WRONG_STATE when none is, or it is at another stage
   */
  ProjectClosure require(ProjectId project, ClosureStage... stages) {
    return find(project)
        .filter(closure -> List.of(stages).contains(closure.stage()))
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.WRONG_STATE, "no closing of " + project + " is at this stage"));
  }

  void request(ProjectId project, String reason, String person, Instant now) {
    jdbc.sql(
            """
            insert into balsam.project_closure
              (project, attempt, stage, reason, requested_by, requested_at)
            values (:project, 1, 'REQUESTED', :reason, :person, :now)
            on conflict (project) do update set attempt = project_closure.attempt + 1,
              stage = 'REQUESTED', reason = excluded.reason, requested_by = excluded.requested_by,
              requested_at = excluded.requested_at, decided_by = null, decided_at = null,
              outcome = null, members = '{}', archive = '[]'
            """)
        .param("project", project.value())
        .param("reason", reason)
        .param("person", person)
        .param("now", Timestamp.from(now))
        .update();
  }

  void decide(ProjectId project, String person, Instant now) {
    jdbc.sql(
            "update balsam.project_closure set decided_by = :person, decided_at = :now"
                + " where project = :project")
        .param("project", project.value())
        .param("person", person)
        .param("now", Timestamp.from(now))
        .update();
  }

  void enter(ProjectId project, ClosureStage stage, @Nullable String outcome) {
    jdbc.sql(
            "update balsam.project_closure set stage = :stage, outcome = left(:outcome, :longest)"
                + " where project = :project")
        .param("project", project.value())
        .param("stage", stage.name())
        .param("outcome", outcome)
        .param("longest", LONGEST_OUTCOME)
        .update();
  }

  void keepMembers(ProjectId project, Map<String, Set<Role>> members) {
    keep(project, "members", members);
  }

  void keepArchive(ProjectId project, List<ProjectClosure.ArchivedFile> files) {
    keep(project, "archive", files);
  }

  private void keep(ProjectId project, String column, Object value) {
    try {
      jdbc.sql(
              "update balsam.project_closure set "
                  + column
                  + " = cast(:value as jsonb) where project = :project")
          .param("project", project.value())
          .param("value", JSON.writeValueAsString(value))
          .update();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ProjectClosure closure(ResultSet row, int number) throws SQLException {
    var decidedAt = row.getObject("decided_at", OffsetDateTime.class);
    return new ProjectClosure(
        new ProjectId(row.getString("project")),
        row.getInt("attempt"),
        ClosureStage.valueOf(row.getString("stage")),
        row.getString("reason"),
        row.getString("requested_by"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getString("decided_by"),
        decidedAt == null ? null : decidedAt.toInstant(),
        row.getString("outcome"),
        read(row.getString("members"), new TypeReference<Map<String, Set<Role>>>() {}),
        read(row.getString("archive"), new TypeReference<List<ProjectClosure.ArchivedFile>>() {}));
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("a row of project_closure cannot be read", damaged);
    }
  }
}
