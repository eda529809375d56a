package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers which steps of an onboarding may have left something in another system, also when the
 * step itself failed. Only what is written here is ever undone, so nothing of anybody else is.
 */
@Component
class ProvisionLedger {

  private final JdbcClient jdbc;

  ProvisionLedger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean hasBegun(ProjectId project, ProvisionStep step) {
    return jdbc.sql(
                "select count(*) from balsam.project_provision where project = :project and step ="
                    + " :step")
            .param("project", project.value())
            .param("step", step.name())
            .query(Long.class)
            .single()
        > 0;
  }

  /** Commits by itself, before the step's first effect. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void begin(ProjectId project, ProvisionStep step) {
    jdbc.sql(
            "insert into balsam.project_provision (project, step) values (:project, :step)"
                + " on conflict do nothing")
        .param("project", project.value())
        .param("step", step.name())
        .update();
  }

  /** Nothing of the step is left. */
  @Transactional
  public void undone(ProjectId project, ProvisionStep step) {
    jdbc.sql("delete from balsam.project_provision where project = :project and step = :step")
        .param("project", project.value())
        .param("step", step.name())
        .update();
  }
}
