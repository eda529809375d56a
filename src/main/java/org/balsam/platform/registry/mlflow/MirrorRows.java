package org.balsam.platform.registry.mlflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What MLflow shows of which model, and what it was about to show. */
final class MirrorRows {

  private final JdbcClient database;

  MirrorRows(JdbcClient database) {
    this.database = database;
  }

  /** A model that MLflow shows. */
  record Mirrored(ProjectId project, ModelName model) {}

  /** Lets one transaction at a time change what MLflow shows of a model. */
  void lock(ProjectId project, ModelName model) {
    database
        .sql("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 72))")
        .param("name", project + "/" + model)
        .query(Integer.class)
        .single();
  }

  /** MLflow's number of a version. */
  Optional<String> number(ProjectId project, ModelVersionId version) {
    return database
        .sql(
            "select number from balsam.mlflow_version"
                + " where project = :project and version = :version")
        .param("project", project.value())
        .param("version", version.value())
        .query(String.class)
        .optional();
  }

  /** The version that has a number in MLflow. */
  Optional<ModelVersionId> version(ProjectId project, ModelName model, String number) {
    return database
        .sql(
            "select version from balsam.mlflow_version"
                + " where project = :project and model = :model and number = :number")
        .param("project", project.value())
        .param("model", model.value())
        .param("number", number)
        .query((row, ignored) -> ModelVersionId.parse(row.getString("version")))
        .optional();
  }

  void number(ProjectId project, ModelVersionId version, String number) {
    database
        .sql(
            """
            insert into balsam.mlflow_version (project, model, version, number)
            values (:project, :model, :version, :number)
            on conflict (project, version) do update set number = excluded.number
            """)
        .param("project", project.value())
        .param("model", version.model().value())
        .param("version", version.value())
        .param("number", number)
        .update();
  }

  ShownAliases shown(ProjectId project, ModelName model) {
    return aliases("balsam.mlflow_shown", project, model);
  }

  ShownAliases intended(ProjectId project, ModelName model) {
    return aliases("balsam.mlflow_intended", project, model);
  }

  /** MLflow shows it, and nothing else is wrong with the model there. */
  void show(ProjectId project, ModelName model, ShownAliases aliases) {
    put("balsam.mlflow_shown", project, model, aliases);
    database
        .sql(
            "update balsam.mlflow_shown set changed_since = null"
                + " where project = :project and model = :model and changed_since is not null")
        .param("project", project.value())
        .param("model", model.value())
        .update();
  }

  /** MLflow is about to show it; to be committed before it is asked. */
  void intend(ProjectId project, ModelName model, ShownAliases aliases) {
    put("balsam.mlflow_intended", project, model, aliases);
  }

  /** Since when the model is changed outside: {@code now}, unless that was noticed before. */
  Instant changedSince(ProjectId project, ModelName model, Instant now) {
    return database
        .sql(
            """
            update balsam.mlflow_shown set changed_since = coalesce(changed_since, :now)
             where project = :project and model = :model returning changed_since
            """)
        .param("project", project.value())
        .param("model", model.value())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  /** The models after a cursor {@code project/model}, one more than {@code limit}. */
  List<Mirrored> page(int limit, String after) {
    return database
        .sql(
            """
            select project, model from balsam.mlflow_shown
             where (project || '/' || model) collate "C" > :after
             order by (project || '/' || model) collate "C" limit :limit
            """)
        .param("after", after)
        .param("limit", limit + 1)
        .query(
            (row, number) ->
                new Mirrored(
                    new ProjectId(row.getString("project")), new ModelName(row.getString("model"))))
        .list();
  }

  private ShownAliases aliases(String table, ProjectId project, ModelName model) {
    return database
        .sql(
            "select champion, candidate from "
                + table
                + " where project = :project and model = :model")
        .param("project", project.value())
        .param("model", model.value())
        .query(
            (row, number) -> new ShownAliases(version(row, "champion"), version(row, "candidate")))
        .optional()
        .orElse(ShownAliases.NONE);
  }

  private void put(String table, ProjectId project, ModelName model, ShownAliases aliases) {
    database
        .sql(
            "insert into "
                + table
                + """
                 (project, model, champion, candidate)
                values (:project, :model, :champion, :candidate)
                on conflict (project, model)
                do update set champion = excluded.champion, candidate = excluded.candidate
                """)
        .param("project", project.value())
        .param("model", model.value())
        .param("champion", text(aliases.champion()))
        .param("candidate", text(aliases.candidate()))
        .update();
  }

  private static @Nullable String text(@Nullable ModelVersionId version) {
    return version == null ? null : version.value();
  }

  private static @Nullable ModelVersionId version(ResultSet row, String column)
      throws SQLException {
    var text = row.getString(column);
    return text == null ? null : ModelVersionId.parse(text);
  }
}
