package org.balsam.platform.compute.workspace;

import java.nio.file.Path;
import org.balsam.kernel.BucketName;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;

/**
 * What the containers of one workspace are told; holds no secrets.
 *
 * @param code the files of its commit, as {@code CodeBundle} packs them
 * @param bucket where its archive goes
 * @param archiveKey the key of its archive
 */
public record PodWorkspace(
    WorkspaceSpec spec, JobSpec.Input code, BucketName bucket, String archiveKey) {

  /** Reads the written form. */
  public static PodWorkspace read(Path file) {
    return JobJson.readEarlier(file, PodWorkspace.class);
  }
}
