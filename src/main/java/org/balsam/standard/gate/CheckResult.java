package org.balsam.standard.gate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param check the check's name
 * @param type the check's type, for example {@code balance}
 * @param gsbpm the GSBPM sub-process
 * @param sims the code of the quality indicator; null when there is none
 * @param scope what the value is about: the worst series and period, or the first failing rows
 * @param value the indicator's value; null when nothing could be computed
 * @param threshold what the value is held against
 * @param severity the severity that the project declared
 * @param exceeded whether the value is on the wrong side of the threshold
 * @param message the finding in one sentence, for people
 */
public record CheckResult(
    String check,
    String type,
    String gsbpm,
    @Nullable String sims,
    String scope,
    @Nullable BigDecimal value,
    BigDecimal threshold,
    Severity severity,
    boolean exceeded,
    String message) {

  static CheckResult of(
      CheckDefinition definition,
      String scope,
      @Nullable BigDecimal value,
      BigDecimal threshold,
      boolean exceeded,
      String message) {
    return new CheckResult(
        definition.name(),
        definition.rule().type(),
        definition.gsbpm(),
        definition.sims(),
        scope,
        value,
        threshold,
        definition.severity(),
        exceeded,
        message);
  }
}
