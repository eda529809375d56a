package org.balsam.platform.compute;

import java.time.Duration;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.runner.StepRunner;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where steps run and workspaces live.
 *
 * @param type {@code local} runs steps as processes of this machine, {@code kubernetes} as jobs of
 *     a cluster
 * @param local settings of the type {@code local}
 */
@ConfigurationProperties("balsam.compute")
public record ComputeProperties(@DefaultValue("local") Type type, @DefaultValue Local local) {

  /** The kinds of compute. */
  public enum Type {
    LOCAL,
    KUBERNETES
  }

  /**
   * Settings of local compute.
   *
   * @param parallelJobs how many jobs run at the same time, 1 to 256; the others wait
   * @param path the {@code PATH} in which steps find programs; absolute folders joined by ':'
   * @param hangGrace how long a runner may take beyond its step's time limit, for fetching and
   *     publishing, before it is stopped
   */
  public record Local(
      @DefaultValue("2") int parallelJobs,
      @DefaultValue(StepRunner.DEFAULT_PATH) String path,
      @DefaultValue("5m") Duration hangGrace) {

    public Local {
      if (parallelJobs < 1 || parallelJobs > 256) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "balsam.compute.local.parallel-jobs",
            parallelJobs + " is not in the range 1 to 256");
      }
      if (hangGrace.isNegative()) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "balsam.compute.local.hang-grace",
            hangGrace + " is negative; allowed is 0s or more");
      }
    }
  }
}
