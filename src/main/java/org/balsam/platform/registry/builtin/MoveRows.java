package org.balsam.platform.registry.builtin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.AliasMove.Kind;
import org.balsam.platform.registry.ModelSummary;
import org.balsam.platform.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the history of aliases, and models with what their aliases are. */
final class MoveRows {

  private static final String SUMMARIES =
      """
      select m.name, v.versions, v.major, v.minor, v.patch, c.champion, c.rollback_target
      from balsam.registered_model m
      join lateral (
        select count(*) over () as versions, major, minor, patch from balsam.model_version
        where project = m.project and model = m.name
        order by major desc, minor desc, patch desc limit 1) v on true
      left join lateral (
        select m.name || '@' || major || '.' || minor || '.' || patch as champion, rollback_target
        from balsam.model_version
        where project = m.project and model = m.name and alias = 'champion') c on true
      """;

  private final JdbcClient database;

  MoveRows(JdbcClient database) {
    this.database = database;
  }

  /**
   * @param from the champion before, if there was one and it changed
   * @param rollbackTarget what a promotion named
   */
  void add(
      Kind kind,
      String key,
      RegisteredModel model,
      @Nullable ModelVersionId from,
      @Nullable ModelVersionId rollbackTarget,
      Instant now) {
    database
        .sql(
            """
            insert into balsam.model_alias_move
              (project, model, key, kind, version, from_version, rollback_target, artefact,
               evidence, person, moved_at)
            values (:project, :model, :key, :kind, :version, :from, :target, :artefact, :evidence,
              :person, :now)
            """)
        .param("project", model.project().value())
        .param("model", model.id().model().value())
        .param("key", key)
        .param("kind", kind.value())
        .param("version", model.id().value())
        .param("from", from == null ? null : from.value())
        .param("target", rollbackTarget == null ? null : rollbackTarget.value())
        .param("artefact", model.artefact().value())
        .param("evidence", model.evidence() == null ? null : model.evidence().value())
        .param("person", CallContext.current().actor().id())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<AliasMove> find(ProjectId project, ModelName model, String key) {
    return database
        .sql(
            "select * from balsam.model_alias_move"
                + " where project = :project and model = :model and key = :key")
        .param("project", project.value())
        .param("model", model.value())
        .param("key", key)
        .query(MoveRows::move)
        .optional();
  }

  /** The moves before number {@code below}, latest first, one more than {@code limit}. */
  List<AliasMove> page(ProjectId project, ModelName model, int limit, long below) {
    return database
        .sql(
            "select * from balsam.model_alias_move where project = :project and model = :model"
                + " and number < :below order by number desc limit :limit")
        .param("project", project.value())
        .param("model", model.value())
        .param("below", below)
        .param("limit", limit + 1)
        .query(MoveRows::move)
        .list();
  }

  Optional<ModelSummary> summary(ProjectId project, ModelName model) {
    return database
        .sql(SUMMARIES + "where m.project = :project and m.name = :name")
        .param("project", project.value())
        .param("name", model.value())
        .query(MoveRows::summary)
        .optional();
  }

  /** The models whose names come after {@code after}, one more than {@code limit}. */
  List<ModelSummary> summaries(ProjectId project, int limit, String after) {
    return database
        .sql(
            SUMMARIES
                + "where m.project = :project and m.name collate \"C\" > :after"
                + " order by m.name collate \"C\" limit :limit")
        .param("project", project.value())
        .param("after", after)
        .param("limit", limit + 1)
        .query(MoveRows::summary)
        .list();
  }

  private static ModelSummary summary(ResultSet row, int number) throws SQLException {
    var name = new ModelName(row.getString("name"));
    return new ModelSummary(
        name,
        version(row.getString("champion")),
        new ModelVersionId(name, row.getInt("major"), row.getInt("minor"), row.getInt("patch")),
        row.getLong("versions"),
        version(row.getString("rollback_target")));
  }

  private static AliasMove move(ResultSet row, int number) throws SQLException {
    var evidence = row.getString("evidence");
    return new AliasMove(
        row.getLong("number"),
        row.getString("key"),
        Kind.parse(row.getString("kind")),
        ModelVersionId.parse(row.getString("version")),
        version(row.getString("from_version")),
        version(row.getString("rollback_target")),
        new Sha256(row.getString("artefact")),
        evidence == null ? null : new Sha256(evidence),
        row.getString("person"),
        row.getObject("moved_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable ModelVersionId version(@Nullable String text) {
    return text == null ? null : ModelVersionId.parse(text);
  }
}
