package org.balsam.platform.compute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a job; also the result document that the runner writes.
 *
 * @param exitCode the command's exit code, null before it ended or when it never ran
 * @param message why it did not succeed, for a person; empty after success
 * @param outputs what was published, empty unless {@link State#SUCCEEDED}
 * @param runtime the machine's fingerprint: operating system, Java, DuckDB or interpreter versions
 */
public record JobStatus(
    JobId job,
    State state,
    @Nullable Integer exitCode,
    String message,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    List<Published> outputs,
    Map<String, String> runtime) {

  public JobStatus {
    outputs = List.copyOf(outputs);
    runtime = Map.copyOf(runtime);
  }

  /** Where a job stands. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    /** The command failed, or an input or output was not as declared. */
    FAILED,
    TIMED_OUT,
    /** Stopped because it wrote or used more than its resources allow. */
    LIMIT_EXCEEDED,
    CANCELLED,
    /** The runtime lost it, for example when the machine went down; running it again is safe. */
    LOST;

    /** Whether nothing more will happen. */
    public boolean ended() {
      return this != RUNNING;
    }
  }

  /**
   * One published output.
   *
   * @param rows data rows of a CSV file, -1 for other files
   */
  public record Published(
      String dataset,
      String path,
      BucketName bucket,
      String key,
      String versionId,
      long size,
      Sha256 sha256,
      long rows) {}
}
