package org.balsam.crash;

import org.balsam.crash.CrashPoint.Moment;

/**
 * One death.
 *
 * @param subject how the business key of the process instance begins
 * @param element the service task
 */
record Kill(String subject, String element, Moment moment) {

  static Kill parse(String line) {
    var parts = line.split("\\|");
    return new Kill(parts[0], parts[1], Moment.valueOf(parts[2]));
  }

  /** The element's name without its kind. */
  String task() {
    return element.substring("serviceTask_".length());
  }

  @Override
  public String toString() {
    return subject + "|" + element + "|" + moment;
  }
}
