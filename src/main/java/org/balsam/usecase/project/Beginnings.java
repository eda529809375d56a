package org.balsam.usecase.project;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.template.Beginning;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What requested projects begin with besides their template, kept as it was when somebody asked:
 * the library may be at another commit when an administrator approves.
 */
@Component
class Beginnings {

  private static final int BATCH = 50;

  private final JdbcClient database;
  private final JdbcTemplate batches;

  Beginnings(JdbcClient database, JdbcTemplate batches) {
    this.database = database;
    this.batches = batches;
  }

  /** Keeps it, within the caller's transaction, instead of what was kept before. */
  void keep(ProjectId project, Beginning beginning) {
    forget(project);
    database
        .sql(
            "insert into balsam.project_beginning (project, location, commit_id, message)"
                + " values (?, ?, ?, ?)")
        .params(project.value(), beginning.location(), beginning.commit(), beginning.message())
        .update();
    batches.batchUpdate(
        "insert into balsam.project_beginning_file (project, path, content) values (?, ?, ?)",
        beginning.files().entrySet(),
        BATCH,
        (row, file) -> {
          row.setString(1, project.value());
          row.setString(2, file.getKey());
          row.setBytes(3, file.getValue());
        });
  }

  Optional<Beginning> of(ProjectId project) {
    return database
        .sql("select location, commit_id, message from balsam.project_beginning where project = ?")
        .param(project.value())
        .query(
            (row, number) ->
                new Beginning(
                    row.getString("location"),
                    row.getString("commit_id"),
                    row.getString("message"),
                    files(project)))
        .optional();
  }

  private Map<String, byte[]> files(ProjectId project) {
    return database
        .sql("select path, content from balsam.project_beginning_file where project = ?")
        .param(project.value())
        .query((row, number) -> Map.entry(row.getString("path"), row.getBytes("content")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Does nothing when nothing is kept. */
  void forget(ProjectId project) {
    database
        .sql("delete from balsam.project_beginning where project = ?")
        .param(project.value())
        .update();
  }
}
