package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a project's buckets, which never held an object. */
@Component
public class RemoveBuckets {

  private final ProvisionGuard guard;
  private final BucketNames names;
  private final ObjectStore store;

  RemoveBuckets(ProvisionGuard guard, BucketNames names, ObjectStore store) {
    this.guard = guard;
    this.names = names;
    this.store = store;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws Rejection WRONG_STATE when a bucket holds objects
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    guard.undo(
        id,
        ProvisionStep.BUCKETS,
        () -> BucketKinds.ALL.forEach(kind -> store.removeEmptyBucket(names.of(id, kind), id)));
  }
}
