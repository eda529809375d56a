package org.balsam.usecase.lab;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which branches were made for people to work on, and which may be half made or half removed. Only
 * what is written here is ever removed, so no branch of anybody else is.
 */
@Component
class BranchLedger {

  private final JdbcClient jdbc;
  private final Clock clock;

  BranchLedger(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Where a branch stands. */
  enum State {
    /** Its Git branch or its folder may be there. */
    MAKING,
    /** It can be worked on. */
    READY,
    /** Its Git branch or its folder may be gone. */
    REMOVING
  }

  /**
   * A branch as written.
   *
   * @param lastCommit where it stood when its removal began; null before
   */
  record Row(
      String project,
      String id,
      String name,
      String description,
      State state,
      String madeBy,
      @Nullable String lastCommit) {
    BranchView view() {
      return new BranchView(
          new ProjectId(project), id, name, description, false, BranchNames.git(id));
    }
  }

  /** Lets one transaction at a time make, remove or begin to use the branch. */
  void lock(ProjectId project, String id) {
    jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 86))")
        .param("name", project + "/" + id)
        .query(Integer.class)
        .single();
  }

  Optional<Row> find(ProjectId project, String id) {
    return jdbc.sql("select * from balsam.project_branch where project = :project and id = :id")
        .param("project", project.value())
        .param("id", id)
        .query(Row.class)
        .optional();
  }

  /** Those that can be worked on, by project and id. */
  List<Row> ready(Collection<ProjectId> projects) {
    return projects.isEmpty()
        ? List.of()
        : jdbc.sql(
                "select * from balsam.project_branch where project in (:projects) and state ="
                    + " 'READY' order by project, id")
            .param("projects", projects.stream().map(ProjectId::value).toList())
            .query(Row.class)
            .list();
  }

  /** How many there are, whatever their state. */
  int count(ProjectId project) {
    return jdbc.sql("select count(*) from balsam.project_branch where project = :project")
        .param("project", project.value())
        .query(Integer.class)
        .single();
  }

  /** Commits by itself, before the first effect. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void begin(Row row) {
    jdbc.sql(
            """
            insert into balsam.project_branch
              (project, id, name, description, state, made_by, made_at)
            values (:project, :id, :name, :description, 'MAKING', :madeBy, :madeAt)
            on conflict (project, id) do update
              set name = excluded.name, description = excluded.description, state = 'MAKING',
                made_by = excluded.made_by, made_at = excluded.made_at, last_commit = null
            """)
        .param("project", row.project)
        .param("id", row.id)
        .param("name", row.name)
        .param("description", row.description)
        .param("madeBy", row.madeBy)
        .param("madeAt", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Commits by itself, before the first effect. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void beginRemoval(ProjectId project, String id, String lastCommit) {
    jdbc.sql(
            """
            update balsam.project_branch set state = 'REMOVING', last_commit = :lastCommit
            where project = :project and id = :id
            """)
        .param("lastCommit", lastCommit)
        .param("project", project.value())
        .param("id", id)
        .update();
  }

  void ready(ProjectId project, String id) {
    jdbc.sql(
            "update balsam.project_branch set state = 'READY' where project = :project and id ="
                + " :id")
        .param("project", project.value())
        .param("id", id)
        .update();
  }

  /** Nothing of it is left. */
  void remove(ProjectId project, String id) {
    jdbc.sql("delete from balsam.project_branch where project = :project and id = :id")
        .param("project", project.value())
        .param("id", id)
        .update();
  }
}
