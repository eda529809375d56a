package org.balsam.usecase.lab;

import java.time.LocalDate;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.springframework.stereotype.Component;

/** Which end dates may be asked for. */
@Component
class EndDates {

  private final LabProperties properties;

  EndDates(LabProperties properties) {
    this.properties = properties;
  }

  /**
   * Checks one.
   *
   * @param where what the caller calls it
   * @throws Invalid, naming what is allowed
   */
  void check(String where, LocalDate endDate, LocalDate today) {
    var latest = today.plusDays(properties.longestTerm().toDays());
    if (endDate.isBefore(today) || endDate.isAfter(latest)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          where,
          endDate + " is not allowed; allowed is " + today + " to " + latest);
    }
  }
}
