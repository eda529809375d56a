package org.balsam.process.lint;

import java.util.List;
import java.util.function.Function;

/**
 * One thing that every model must keep.
 *
 * @param violations what is wrong, one sentence each, naming the element; empty when all is well
 */
record Rule(String name, Function<ProcessModel, List<String>> violations) {

  @Override
  public String toString() {
    return name;
  }
}
