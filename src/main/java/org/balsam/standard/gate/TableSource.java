package org.balsam.standard.gate;

import java.io.Reader;

/** Where the evaluator gets the tables from. */
@FunctionalInterface
public interface TableSource {

  /**
   * Opens the CSV file of a dataset ({@code layer/name}); the evaluator closes the reader. Trouble
   * of the storage is an {@link org.balsam.kernel.ExternalFailure}, a dataset that is not there a
   * {@link org.balsam.kernel.NotFound}.
   */
  Reader open(String dataset);
}
