package org.balsam.platform.compute.local;

import java.util.Map;
import org.balsam.platform.compute.JobSpec;

/** Lets the runner of a job read the job's code. */
public interface JobAccess {

  /** Variables for the runner, in which a secret may be; the command does not get them. */
  Map<String, String> of(JobSpec spec);

  /** Ends what {@link #of} began, when the job ended. */
  void end(JobSpec spec);
}
