package org.balsam.usecase.project;

import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets no work begin in a project that is being closed. */
@Component
public class ProjectGate {

  private static final Set<String> SHUT =
      Set.of(ProjectState.CLOSING.name(), ProjectState.CLOSED.name());

  private final JdbcClient jdbc;

  ProjectGate(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Passes unless the project is being closed, and keeps it so until the caller's transaction ends.
   * A project that is not known passes.
   *
   * @throws Rejection WRONG_STATE when it is being closed or is closed
   */
  public void requireOpen(ProjectId project) {
    jdbc.sql("select state from balsam.project where id = :project for share")
        .param("project", project.value())
        .query(String.class)
        .optional()
        .filter(SHUT::contains)
        .ifPresent(
            state -> {
              throw new Rejection(
                  ErrorCode.WRONG_STATE,
                  "the project " + project + " is being closed or is closed; nothing begins in it");
            });
  }
}
