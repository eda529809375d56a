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
  private static final int LONGEST_PASSED = 200;

  /** As the page of a round has it. */
  private static final String INFORMS = "outside the limit (for information)";

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
    var answered = checks.stream().filter(check -> check.verdict == Verdict.PASS).toList();
    var informing = answered.stream().filter(CheckEntity::informs).toList();
    var passing = answered.stream().filter(check -> !check.informs()).toList();
    return Texts.atMost(
        LONGEST,
        Stream.of(
                Stream.of(head(checks.size(), failing.size(), informing.size())),
                failing.stream().map(CheckSummary::line),
                informing.stream().map(check -> found(INFORMS, check, LONGEST_LINE)),
                passing.stream().map(check -> found("pass", check, LONGEST_PASSED)))
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

  private static String head(int all, int failing, int informing) {
    if (failing + informing == 0) {
      return "All " + all + " checks pass.";
    }
    var passing = all - failing - informing;
    return "%s of %d checks need an answer, %d pass%s."
        .formatted(
            failing == 0 ? "None" : failing,
            all,
            passing,
            informing == 0 ? "" : ", " + informing + " " + INFORMS);
  }

  private static String found(String how, CheckEntity check, int longest) {
    return "%s %s (GSBPM %s): %s"
        .formatted(how, check.name, check.gsbpm, sentence(Texts.atMost(longest, check.message)));
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
