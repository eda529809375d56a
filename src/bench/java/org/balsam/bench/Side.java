package org.balsam.bench;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;

/** One of the two engines that are compared. */
interface Side extends AutoCloseable {

  String name();

  ProcessEngine engine();

  void start(String businessKey);

  /** Does something as Balsam, whom nobody's rights limit. */
  <T> T asSystem(Supplier<T> work);

  /** Does something as a person. */
  void as(String person, Runnable work);

  @Override
  void close();
}
