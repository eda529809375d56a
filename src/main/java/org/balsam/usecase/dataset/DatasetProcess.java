package org.balsam.usecase.dataset;

import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Period;

/** What datasets tell the processes. */
public interface DatasetProcess {

  /**
   * Data arrived; rounds of the project that wait for it freeze again. Never fails when none waits.
   */
  void dataArrived(DatasetId dataset, Period period);
}
