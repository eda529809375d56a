package org.balsam.usecase.project;

import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.BucketNames;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What projects are called in other systems; each name belongs to one project only. */
@Component
class IdentifierLedger {

  private final JdbcClient jdbc;
  private final BucketNames buckets;
  private final Installation installation;

  IdentifierLedger(JdbcClient jdbc, BucketNames buckets, Installation installation) {
    this.jdbc = jdbc;
    this.buckets = buckets;
    this.installation = installation;
  }

  /** The project's name in each system, derived from its id under the system's rules. */
  Map<String, String> derive(ProjectId project, ProjectKind kind) {
    var names = new TreeMap<String, String>();
    names.put("channel", project.value());
    names.put("groups", "/" + installation.organisation() + "/" + kind.value() + "/" + project);
    names.put("namespace", installation.environment() + "-" + project);
    names.put("repository", project.value());
    for (var bucket : BucketKinds.ALL) {
      names.put("bucket-" + bucket, buckets.of(project, bucket).value());
    }
    return names;
  }

  void reserve(ProjectId project, ProjectKind kind) {
    derive(project, kind).forEach((system, name) -> reserve(project, system, name));
  }

  void release(ProjectId project) {
    jdbc.sql("delete from balsam.project_identifier where project = :project")
        .param("project", project.value())
        .update();
  }

  private void reserve(ProjectId project, String system, String name) {
    jdbc.sql(
            "insert into balsam.project_identifier (project, system, name)"
                + " values (:project, :system, :name) on conflict do nothing")
        .param("project", project.value())
        .param("system", system)
        .param("name", name)
        .update();
    var holder =
        jdbc.sql(
                "select project from balsam.project_identifier where system = :system and name ="
                    + " :name")
            .param("system", system)
            .param("name", name)
            .query(String.class)
            .single();
    if (!holder.equals(project.value())) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "the %s '%s' belongs to the project '%s'; choose another id"
              .formatted(system, name, holder));
    }
  }
}
