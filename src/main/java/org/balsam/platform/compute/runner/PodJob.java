package org.balsam.platform.compute.runner;

import java.nio.file.Path;
import org.balsam.kernel.BucketName;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;

/**
 * What the containers of one job's pod are told; holds no secrets.
 *
 * @param code the step's files at its commit, as {@link CodeBundle} packs them
 * @param bucket where result and log go
 * @param folder what their keys begin with, ending with {@code /}
 */
public record PodJob(JobSpec spec, JobSpec.Input code, BucketName bucket, String folder) {

  /** The path that {@link #code} has in the runner's scratch folder. */
  public static final String CODE = "in/code.zip";

  /** Reads the written form. */
  public static PodJob read(Path file) {
    return JobJson.readWhole(file, PodJob.class);
  }

  /** The key of the result document. */
  public String resultKey() {
    return folder + "result.json";
  }

  /** The key of the log. */
  public String logKey() {
    return folder + "log.txt";
  }
}
