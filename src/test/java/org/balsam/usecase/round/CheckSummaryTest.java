package org.balsam.usecase.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.balsam.standard.gate.CheckResult;
import org.balsam.standard.gate.GateTable;
import org.balsam.standard.gate.Severity;
import org.balsam.standard.gate.Verdict;
import org.junit.jupiter.api.Test;

class CheckSummaryTest {

  private static final CheckEntity PASSED =
      check("year-change", Severity.WARN, Verdict.PASS, "change of -1.72 %, allowed ±3 %");
  private static final CheckEntity INFORMING =
      check("quarter-change", Severity.INFO, Verdict.PASS, "z-score -3.49, allowed ±3");
  private static final CheckEntity WARNING =
      check("worst", Severity.WARN, Verdict.EXPLAIN, "change of -4 %, allowed ±3 %");

  @Test
  void saysThatAllPassOnlyIfAllDo() {
    assertThat(CheckSummary.of(List.of(PASSED)))
        .isEqualTo(
            "All 1 checks pass.\npass year-change (GSBPM 6.2): change of -1.72 %, allowed ±3 %.");
    assertThat(CheckSummary.of(List.of(PASSED, INFORMING)).lines())
        .containsExactly(
            "None of 2 checks need an answer, 1 pass, 1 outside the limit (for information).",
            "outside the limit (for information) quarter-change (GSBPM 6.2): z-score -3.49, allowed ±3.",
            "pass year-change (GSBPM 6.2): change of -1.72 %, allowed ±3 %.");
  }

  @Test
  void whatInformsWithinItsLimitPasses() {
    var within = check("quarter-change", Severity.INFO, Verdict.PASS, false, "z-score 1");
    assertThat(CheckSummary.of(List.of(within))).startsWith("All 1 checks pass.\npass quarter");
  }

  @Test
  void theWholeFindingIsToldThatInforms() {
    var finding = "z".repeat(600);
    var informing = check("quarter-change", Severity.INFO, Verdict.PASS, finding);
    assertThat(CheckSummary.of(List.of(informing))).contains(finding);
  }

  @Test
  void namesWhatNeedsAnAnswerFirst() {
    assertThat(CheckSummary.of(List.of(PASSED, INFORMING, WARNING)))
        .startsWith(
            "1 of 3 checks need an answer, 1 pass, 1 outside the limit (for information).\nEXPLAIN worst ");
    assertThat(CheckSummary.of(List.of(PASSED, WARNING)))
        .startsWith("1 of 2 checks need an answer, 1 pass.\nEXPLAIN worst ");
  }

  private static CheckEntity check(
      String name, Severity severity, Verdict verdict, String message) {
    return check(
        name, severity, verdict, verdict != Verdict.PASS || severity == Severity.INFO, message);
  }

  private static CheckEntity check(
      String name, Severity severity, Verdict verdict, boolean exceeded, String message) {
    var result =
        new CheckResult(
            name,
            "change",
            "6.2",
            null,
            "nonfarm",
            BigDecimal.ONE,
            BigDecimal.TEN,
            severity,
            exceeded,
            message);
    return new CheckEntity("r", 1, result, new GateTable.Decision(severity, verdict));
  }
}
