package org.balsam.usecase.round;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Texts;
import org.balsam.standard.gate.Verdict;

/** The text in which a person reads what the checks found; at most 4000 characters. */
final class CheckSummary {

  private static final int LONGEST = 4000;
  private static final int LONGEST_LINE = 700;

  private CheckSummary() {}

  static Verdict verdict(List<CheckEntity> checks) {
    return Stream.of(Verdict.BLOCK, Verdict.EXPLAIN)
        .filter(verdict -> checks.stream().anyMatch(check -> check.verdict == verdict))
        .findFirst()
        .orElse(Verdict.PASS);
  }

  static String of(List<CheckEntity> checks) {
    var failing =
        Stream.of(Verdict.BLOCK, Verdict.EXPLAIN)
            .flatMap(verdict -> checks.stream().filter(check -> check.verdict == verdict))
            .toList();
    var passing = checks.stream().filter(check -> check.verdict == Verdict.PASS).toList();
    var head =
        failing.isEmpty()
            ? "All " + checks.size() + " checks pass."
            : failing.size()
                + " of "
                + checks.size()
                + " checks need an answer, "
                + passing.size()
                + " pass.";
    return Texts.atMost(
        LONGEST,
        Stream.of(
                Stream.of(head),
                failing.stream().map(CheckSummary::line),
                passing.stream().map(CheckSummary::passed))
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n")));
  }

  private static String line(CheckEntity check) {
    return "%s %s (GSBPM %s), %s: value %s, threshold %s. %s %s"
        .formatted(
            check.verdict.name(),
            check.name,
            check.gsbpm,
            Texts.atMost(120, check.scope),
            check.value == null ? "none" : check.valueText(),
            check.threshold.stripTrailingZeros().toPlainString(),
            sentence(Texts.atMost(LONGEST_LINE, check.message)),
            advice(check));
  }

  private static String passed(CheckEntity check) {
    return "pass %s (GSBPM %s): %s"
        .formatted(check.name, check.gsbpm, sentence(Texts.atMost(200, check.message)));
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("…") ? text : text + ".";
  }

  private static String advice(CheckEntity check) {
    return switch (check.verdict) {
      case PASS -> "";
      case EXPLAIN -> "To do: explain it before the review.";
      case BLOCK ->
          check.name.equals(QualityChecks.READABLE)
              ? "To do: correct the step that writes the file; it cannot be waived."
              : "To do: correct the data or the method, or let the quality role waive it with a"
                  + " reason.";
    };
  }
}
