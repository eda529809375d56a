package org.balsam.platform.health;

import java.util.List;
import java.util.Set;

/** What a feature keeps with adapters: it would be lost sight of if another took their place. */
public interface Holdings {

  /** The ports that it is kept with, by their names in the configuration: {@code storage}. */
  Set<String> ports();

  /**
   * Names of what is kept, for people: {@code project emp-industry}.
   *
   * @param limit the most names to give
   */
  List<String> names(int limit);

  /** Whether somebody can bring it to another adapter; otherwise it has to end first. */
  boolean isMovable();

  /**
   * Makes what a new adapter of the port needs before it can take the place of the former one.
   * Repeating it changes nothing more; Balsam has not begun to work yet.
   */
  void adopt(String port);
}
