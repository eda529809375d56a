package org.balsam.usecase.dataset;

import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Period;

/** What datasets tell the processes. */
public interface DatasetProcess {

  /**
   * Data arrived; rounds of the project that wait for it freeze again, and models that ask for it
   * are trained when the data complete a period. Never fails when nothing is to be done.
   */
  void dataArrived(DatasetId dataset, Period period);
}
