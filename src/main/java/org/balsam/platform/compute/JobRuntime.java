package org.balsam.platform.compute;

import java.util.Optional;
import org.balsam.kernel.JobId;

/**
 * Runs steps: pinned code on pinned inputs, in isolation from Balsam itself.
 *
 * <p>No call waits for a job. All calls may be made from any thread and repeated. Trouble of the
 * runtime is an {@link org.balsam.kernel.ExternalFailure}.
 */
public interface JobRuntime {

  /**
   * Starts the job unless a job with this id was started before, by whichever node, also before a
   * crash. Returns as soon as the runtime has taken it.
   */
  void submit(JobSpec spec);

  /** What has become of the job; empty when it was never submitted. */
  Optional<JobStatus> status(JobId job);

  /** Stops the job; does nothing when it ended or never was. */
  void cancel(JobId job);

  /** The last {@code maxBytes} of the job's log as text, empty when there is none. */
  String logTail(JobId job, int maxBytes);

  /**
   * What a running job has written to a file so far, for example {@code out/metrics.csv}: at most
   * the first {@code maxBytes} as text. Empty when there is no such file, and where the runtime
   * cannot look into a running job.
   */
  default Optional<String> writtenSoFar(JobId job, String path, int maxBytes) {
    return Optional.empty();
  }
}
