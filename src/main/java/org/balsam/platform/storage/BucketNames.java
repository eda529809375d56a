package org.balsam.platform.storage;

import org.balsam.kernel.BucketName;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;

/** The names of a project's buckets in this installation. */
@Component
public class BucketNames {

  private final Installation installation;

  public BucketNames(Installation installation) {
    this.installation = installation;
  }

  /**
   * The project's bucket of one kind, for example {@code nsi-dev-emp-industry-raw}.
   *
   * @param kind {@code raw}, {@code work}, {@code out}, {@code rel}, {@code mdl} or {@code prov}
   * @throws org.balsam.kernel.Invalid for any other kind
   */
  public BucketName of(ProjectId project, String kind) {
    return new BucketName(
        installation.organisation()
            + "-"
            + installation.environment()
            + "-"
            + project
            + "-"
            + kind);
  }
}
