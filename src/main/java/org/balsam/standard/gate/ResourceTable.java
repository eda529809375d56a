package org.balsam.standard.gate;

import org.balsam.kernel.Classification;
import org.balsam.platform.compute.JobSpec.NetworkClass;

/**
 * The decision table {@code resourceApproval}: who approves that hardware, a network and data are
 * used together. Edited by governance people, not by programmers.
 *
 * <p>Pure: the same request and version of the table give the same decision. May be called from any
 * thread; a table that cannot be evaluated is an {@link org.balsam.kernel.ExternalFailure}.
 */
@FunctionalInterface
public interface ResourceTable {

  /** Judges one request. */
  Decision decide(Request request);

  /**
   * What somebody asks for.
   *
   * @param classification of the most sensitive data in reach
   * @param withinQuota whether the project's quota of how many there may be covers it
   * @param withinGpuQuota whether the project's quota of GPUs covers one more; of no account
   *     without one
   */
  record Request(
      HardwareProfile hardware,
      NetworkClass network,
      Classification classification,
      boolean withinQuota,
      boolean withinGpuQuota) {}

  /**
   * The table's answer.
   *
   * @param reason why, in words for the person who asks
   */
  record Decision(ResourceApproval approval, String reason) {}
}
