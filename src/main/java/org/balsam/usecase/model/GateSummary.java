package org.balsam.usecase.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.Texts;
import org.balsam.standard.promotion.ClassificationMetrics;
import org.balsam.standard.promotion.Comparison;
import org.balsam.standard.promotion.Pins;
import org.balsam.standard.promotion.PromotionEvidence;
import org.balsam.standard.promotion.PromotionVerdict;
import org.jspecify.annotations.Nullable;

/** The texts in which a reviewer reads what the gate found; at most 4000 characters each. */
final class GateSummary {

  private static final int LONGEST = 4000;

  private GateSummary() {}

  static PromotionVerdict verdict(List<TrainingCheckEntity> checks) {
    return checks.stream()
        .map(check -> check.verdict)
        .max(Comparator.naturalOrder())
        .orElse(PromotionVerdict.BLOCK);
  }

  static String of(List<TrainingCheckEntity> checks, PromotionEvidence evidence) {
    var head =
        evidence.champion() == null
            ? "Candidate " + evidence.candidate() + "; there is no champion."
            : "Candidate " + evidence.candidate() + " beside champion " + evidence.champion() + ".";
    return Texts.atMost(
        LONGEST,
        Stream.of(
                Stream.of(head),
                figures("Test set", evidence.test()),
                figures("Latest period", evidence.latest()),
                checks.stream().map(GateSummary::line))
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n")));
  }

  private static Stream<String> figures(String set, @Nullable Comparison comparison) {
    if (comparison == null) {
      return Stream.empty();
    }
    var mine = set + ", candidate: " + figures(comparison.candidate());
    var champion = comparison.champion();
    return champion == null
        ? Stream.of(mine)
        : Stream.of(mine, set + ", champion: " + figures(champion));
  }

  private static String figures(ClassificationMetrics metrics) {
    return "accuracy %s, AUC %s, macro-F1 %s, Brier %s, calibration error %s (%d cases)"
        .formatted(
            shown(metrics.accuracy()),
            metrics.auc() == null ? "none" : shown(metrics.auc()),
            shown(metrics.macroF1()),
            shown(metrics.brier()),
            shown(metrics.calibrationError()),
            metrics.cases());
  }

  private static String line(TrainingCheckEntity check) {
    var figures =
        Stream.of(
                figure("value", check.value),
                figure("champion", check.champion),
                figure("threshold", check.threshold))
            .flatMap(figure -> figure)
            .collect(Collectors.joining(", "));
    return "%s %d %s%s. %s"
        .formatted(
            check.verdict.name(),
            check.number,
            check.title,
            figures.isEmpty() ? "" : ": " + figures,
            Texts.atMost(340, check.message));
  }

  private static Stream<String> figure(String name, @Nullable BigDecimal value) {
    return value == null ? Stream.empty() : Stream.of(name + " " + shown(value));
  }

  static String lineage(TrainingEntity training, Pins pins, Sha256 artefact) {
    return Texts.atMost(
        LONGEST,
        """
        Training %s for %s, commit %s, method %s, seed %d, parameters %s.
        Runtime: %s.
        Training set: %s.
        Validation set: %s.
        Test set: %s.
        Labels: %s.
        Artefact: sha256 %s.\
        """
            .formatted(
                training.id,
                training.period,
                training.commitId,
                training.method,
                training.pinnedSeed(),
                training.parameters,
                training.runtime,
                pins.training(),
                pins.validation(),
                pins.test(),
                pins.labelSource(),
                artefact));
  }

  private static String shown(BigDecimal value) {
    return value.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }

  private static String shown(double value) {
    return shown(BigDecimal.valueOf(value));
  }
}
