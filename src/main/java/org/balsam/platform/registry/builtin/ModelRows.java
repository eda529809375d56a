package org.balsam.platform.registry.builtin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of versions and their files. */
final class ModelRows {

  private static final String VERSION =
      " project = :project and model = :model and major = :major and minor = :minor"
          + " and patch = :patch";
  private static final String HIGHEST_FIRST = " order by major desc, minor desc, patch desc";

  private final JdbcClient database;

  ModelRows(JdbcClient database) {
    this.database = database;
  }

  /** A version without its files. */
  private record Version(
      ProjectId project,
      ModelVersionId id,
      TrainingId training,
      Alias alias,
      boolean promoted,
      Sha256 artefact,
      @Nullable Sha256 evidence,
      Instant registeredAt,
      String registeredBy) {

    RegisteredModel with(List<FileRow> files) {
      return new RegisteredModel(
          project,
          id,
          training,
          alias,
          promoted,
          artefact,
          evidence,
          part("artefact", files),
          part("card", files).get(0),
          part("evidence", files),
          registeredAt,
          registeredBy);
    }

    private static List<ModelFile> part(String part, List<FileRow> files) {
      return files.stream().filter(file -> file.part.equals(part)).map(FileRow::file).toList();
    }
  }

  private record FileRow(Version version, String part, ModelFile file) {}

  /** Keeps others from moving aliases of the model until the transaction ends. */
  void lock(ProjectId project, ModelName model) {
    database
        .sql("insert into balsam.registered_model values (:project, :name) on conflict do nothing")
        .param("project", project.value())
        .param("name", model.value())
        .update();
    database
        .sql(
            "select name from balsam.registered_model where project = :project and name = :name"
                + " for update")
        .param("project", project.value())
        .param("name", model.value())
        .query(String.class)
        .single();
  }

  Optional<ModelVersionId> highest(ProjectId project, ModelName model) {
    return database
        .sql(
            "select major, minor, patch from balsam.model_version"
                + " where project = :project and model = :model"
                + HIGHEST_FIRST
                + " limit 1")
        .param("project", project.value())
        .param("model", model.value())
        .query((row, number) -> id(model, row))
        .optional();
  }

  Optional<ModelVersionId> champion(ProjectId project, ModelName model) {
    return database
        .sql(
            "select major, minor, patch from balsam.model_version"
                + " where project = :project and model = :model and alias = 'champion'")
        .param("project", project.value())
        .param("model", model.value())
        .query((row, number) -> id(model, row))
        .optional();
  }

  Optional<RegisteredModel> find(ProjectId project, ModelVersionId id) {
    return one("where" + VERSION, version(project, id));
  }

  Optional<RegisteredModel> find(TrainingId training) {
    return one("where training = :training", Map.of("training", training.value()));
  }

  Optional<RegisteredModel> alias(ProjectId project, ModelName model, Alias alias) {
    return one(
        "where project = :project and model = :model and alias = :alias"
            + " order by archived_at desc nulls last, major desc, minor desc, patch desc limit 1",
        Map.of("project", project.value(), "model", model.value(), "alias", alias.value()));
  }

  /** The versions below {@code below}, highest first, one more than {@code limit}. */
  List<RegisteredModel> page(
      ProjectId project, ModelName model, int limit, @Nullable ModelVersionId below) {
    var parameters =
        below == null
            ? new HashMap<String, Object>(Map.of("major", 10_000, "minor", 0, "patch", 0))
            : version(project, below);
    parameters.putAll(
        Map.of("project", project.value(), "model", model.value(), "limit", limit + 1));
    return select(
        "where project = :project and model = :model"
            + " and (major, minor, patch) < (:major, :minor, :patch)"
            + HIGHEST_FIRST
            + " limit :limit",
        parameters);
  }

  /** Whether the row was new. */
  boolean add(RegisteredModel model) {
    var parameters = version(model.project(), model.id());
    parameters.put("training", model.training().value());
    parameters.put("artefact", model.artefact().value());
    parameters.put("at", model.registeredAt().atOffset(ZoneOffset.UTC));
    parameters.put("by", model.registeredBy());
    var added =
        database
            .sql(
                """
                insert into balsam.model_version
                  (project, model, major, minor, patch, training, alias, artefact, registered_at,
                   registered_by)
                values (:project, :model, :major, :minor, :patch, :training, 'candidate',
                  :artefact, :at, :by)
                on conflict (training) do nothing
                """)
            .params(parameters)
            .update();
    if (added == 1) {
      model.files().forEach(file -> add(model, "artefact", file));
      add(model, "card", model.card());
    }
    return added == 1;
  }

  void replaceEvidence(
      RegisteredModel model, Sha256 evidence, ModelFile card, List<ModelFile> files) {
    database
        .sql("delete from balsam.model_file where part <> 'artefact' and" + VERSION)
        .params(version(model.project(), model.id()))
        .update();
    add(model, "card", card);
    files.forEach(file -> add(model, "evidence", file));
    var parameters = version(model.project(), model.id());
    parameters.put("evidence", evidence.value());
    database
        .sql("update balsam.model_version set evidence = :evidence where" + VERSION)
        .params(parameters)
        .update();
  }

  void archive(ProjectId project, ModelVersionId id, Instant now) {
    var parameters = version(project, id);
    parameters.put("now", now.atOffset(ZoneOffset.UTC));
    database
        .sql(
            "update balsam.model_version set alias = 'archived', archived_at = :now,"
                + " rollback_target = null where"
                + VERSION)
        .params(parameters)
        .update();
  }

  void crown(ProjectId project, ModelVersionId id, @Nullable ModelVersionId rollbackTarget) {
    var parameters = version(project, id);
    parameters.put("target", rollbackTarget == null ? null : rollbackTarget.value());
    database
        .sql(
            "update balsam.model_version set alias = 'champion', promoted = true,"
                + " archived_at = null, rollback_target = :target where"
                + VERSION)
        .params(parameters)
        .update();
  }

  private void add(RegisteredModel model, String part, ModelFile file) {
    var parameters = version(model.project(), model.id());
    parameters.put("part", part);
    parameters.put("name", file.name());
    parameters.put("bucket", file.bucket().value());
    parameters.put("key", file.key());
    parameters.put("version", file.versionId());
    parameters.put("size", file.size());
    parameters.put("sha256", file.sha256().value());
    database
        .sql(
            """
            insert into balsam.model_file
            values (:project, :model, :major, :minor, :patch, :part, :name, :bucket, :key,
              :version, :size, :sha256)
            """)
        .params(parameters)
        .update();
  }

  private Optional<RegisteredModel> one(String where, Map<String, Object> parameters) {
    return select(where, parameters).stream().findFirst();
  }

  /** One statement: a version is seen with its files, whatever is written meanwhile. */
  private List<RegisteredModel> select(String where, Map<String, Object> parameters) {
    return database
        .sql(
            "select * from (select * from balsam.model_version "
                + where
                + ") v join balsam.model_file f using (project, model, major, minor, patch)"
                + HIGHEST_FIRST
                + ", f.part, f.name collate \"C\"")
        .params(parameters)
        .query(ModelRows::fileRow)
        .list()
        .stream()
        .collect(groupingBy(FileRow::version, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .map(version -> version.getKey().with(version.getValue()))
        .toList();
  }

  private static FileRow fileRow(ResultSet row, int number) throws SQLException {
    return new FileRow(
        version(row),
        row.getString("part"),
        new ModelFile(
            row.getString("name"),
            new BucketName(row.getString("bucket")),
            row.getString("key"),
            row.getString("version_id"),
            row.getLong("size"),
            new Sha256(row.getString("sha256"))));
  }

  private static Version version(ResultSet row) throws SQLException {
    var evidence = row.getString("evidence");
    return new Version(
        new ProjectId(row.getString("project")),
        id(new ModelName(row.getString("model")), row),
        TrainingId.parse(row.getString("training")),
        Alias.parse(row.getString("alias")),
        row.getBoolean("promoted"),
        new Sha256(row.getString("artefact")),
        evidence == null ? null : new Sha256(evidence),
        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
        row.getString("registered_by"));
  }

  private static ModelVersionId id(ModelName model, ResultSet row) throws SQLException {
    return new ModelVersionId(model, row.getInt("major"), row.getInt("minor"), row.getInt("patch"));
  }

  private static HashMap<String, @Nullable Object> version(ProjectId project, ModelVersionId id) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("project", project.value());
    parameters.put("model", id.model().value());
    parameters.put("major", id.major());
    parameters.put("minor", id.minor());
    parameters.put("patch", id.patch());
    return parameters;
  }
}
