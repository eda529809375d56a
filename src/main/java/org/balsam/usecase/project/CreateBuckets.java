package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a project's buckets: raw, work, out, rel and prov. */
@Component
public class CreateBuckets {

  private final ProvisionGuard guard;
  private final BucketNames names;
  private final ObjectStore store;

  CreateBuckets(ProvisionGuard guard, BucketNames names, ObjectStore store) {
    this.guard = guard;
    this.names = names;
    this.store = store;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws Rejection ALREADY_EXISTS when somebody else made it before, WRONG_STATE unless the
   *     project is provisioning
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    // the store itself knows who owns a bucket
    guard.begin(id, ProvisionStep.BUCKETS, () -> false);
    BucketKinds.ALL.forEach(kind -> store.ensureBucket(names.of(id, kind), id));
  }
}
