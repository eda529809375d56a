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
   * @throws Invalid, naming what is allowed
   */
  void check(LocalDate endDate, LocalDate today) {
    var latest = today.plusDays(properties.longestTerm().toDays());
    if (endDate.isBefore(today) || endDate.isAfter(latest)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "endDate",
          endDate + " is not allowed; allowed is " + today + " to " + latest);
    }
  }
}
