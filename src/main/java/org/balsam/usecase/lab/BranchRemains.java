package org.balsam.usecase.lab;

import java.util.List;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.springframework.stereotype.Component;

/** Removes what a branch has in other systems, whatever is there of it. */
@Component
class BranchRemains {

  private static final int BATCH = 500;

  private final Forge forge;
  private final ObjectStore store;
  private final BucketNames buckets;

  BranchRemains(Forge forge, ObjectStore store, BucketNames buckets) {
    this.forge = forge;
    this.store = store;
    this.buckets = buckets;
  }

  /** Hides the objects of its folder, whose versions stay, and removes the Git branch. */
  void remove(ProjectId project, String id) {
    var bucket = buckets.of(project, "work");
    for (var keys = keys(project, id); !keys.isEmpty(); keys = keys(project, id)) {
      keys.forEach(key -> store.delete(bucket, key));
    }
    try {
      forge.removeBranch(project, BranchNames.git(id));
    } catch (NotFound noRepository) {
      // then the branch is gone, too
    }
  }

  private List<String> keys(ProjectId project, String id) {
    try (var found = store.list(buckets.of(project, "work"), BranchNames.folder(id))) {
      return found.limit(BATCH).map(StoredObject::key).toList();
    }
  }
}
