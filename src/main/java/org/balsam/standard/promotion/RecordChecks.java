package org.balsam.standard.promotion;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The checks on how a training was recorded: pins, rerun, card. */
final class RecordChecks {

  private RecordChecks() {}

  static PromotionCheck pinned(PromotionEvidence evidence) {
    var missing = evidence.pins().missing();
    return missing.isEmpty()
        ? Judgement.of(
            PromotionCriterion.PINNED,
            PromotionFinding.MET,
            "Code, runtime, sets, seed, parameters, label source and method version are pinned.")
        : Judgement.of(
            PromotionCriterion.PINNED,
            PromotionFinding.MISSING,
            "Not pinned: " + String.join(", ", missing) + ".");
  }

  static PromotionCheck reproducible(PromotionEvidence evidence) {
    var rerun = evidence.reproduction();
    if (rerun == null) {
      return evidence.reproductionAsked()
          ? notReproduced(PromotionFinding.MISSING, "The training was not made again.")
          : notReproduced(
              PromotionFinding.NOT_APPLICABLE,
              "The project does not ask for the training to be made again; that it can be was not"
                  + " shown.");
    }
    if (rerun.sameArtefact()) {
      return Judgement.of(
          PromotionCriterion.REPRODUCIBLE,
          PromotionFinding.MET,
          "Made again from its record, the training gave the same artefact, sha256 "
              + rerun.artefact()
              + ".");
    }
    return byMetrics(rerun);
  }

  private static PromotionCheck byMetrics(Reproduction rerun) {
    var difference = rerun.largestDifference();
    if (difference == null) {
      return notReproduced(
          PromotionFinding.MISSING,
          "The rerun gave another artefact, and its metrics were not computed.");
    }
    var message =
        String.format(
            Locale.ROOT,
            "The rerun gave another artefact; the metrics differ by at most %.1e (allowed %.0e on a %s).",
            difference,
            rerun.tolerance(),
            rerun.gpu() ? "GPU" : "CPU");
    return notReproduced(Judgement.metWhen(difference <= rerun.tolerance()), message);
  }

  private static PromotionCheck notReproduced(PromotionFinding finding, String message) {
    return Judgement.of(PromotionCriterion.REPRODUCIBLE, finding, message);
  }

  static PromotionCheck cardComplete(PromotionEvidence evidence) {
    var card = evidence.card();
    var judgement = new Judgement(PromotionCriterion.CARD_COMPLETE);
    if (card.missing().isEmpty()) {
      judgement.add(PromotionFinding.MET, "The model card is complete.");
    } else {
      judgement.add(
          PromotionFinding.MISSING,
          "The model card lacks: " + String.join(", ", card.missing()) + ".");
    }
    if (card.personalData() && isBlank(card.dpia())) {
      judgement.add(
          PromotionFinding.MISSING,
          "Personal data are used, but no data protection impact assessment is named (GDPR art. 35).");
    }
    rollbackTarget(evidence, judgement);
    return judgement.check();
  }

  private static void rollbackTarget(PromotionEvidence evidence, Judgement judgement) {
    var target = evidence.card().rollbackTarget();
    if (!isBlank(target)) {
      judgement.add(PromotionFinding.MET, "Rollback goes to " + target + ".");
    } else if (evidence.champion() == null) {
      judgement.add(
          PromotionFinding.NO_CHAMPION,
          "This is the first model: there is nothing to roll back to.");
    } else {
      judgement.add(
          PromotionFinding.MISSING,
          "No rollback target is named; the champion is " + evidence.champion() + ".");
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
