package org.balsam.standard.promotion;

import static org.balsam.standard.promotion.Judgement.metWhen;
import static org.balsam.standard.promotion.Judgement.shown;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Check 3: no class with at least minimum-cases test cases loses more than recall-drop of its
 * recall; classes with less than list-recall are named.
 */
final class RecallCheck {

  private final PromotionEvidence evidence;
  private final Judgement judgement = new Judgement(PromotionCriterion.CLASS_RECALL);

  RecallCheck(PromotionEvidence evidence) {
    this.evidence = evidence;
  }

  PromotionCheck check() {
    var test = evidence.test();
    if (test == null) {
      judgement.add(PromotionFinding.MISSING, "The candidate was not scored on the test set.");
      return judgement.check();
    }
    var minimum = evidence.thresholds().get(PromotionThreshold.MINIMUM_CASES);
    var judged =
        test.candidate().classes().stream()
            .filter(category -> category.support() >= minimum.intValue())
            .filter(category -> category.recall() != null)
            .toList();
    if (judged.isEmpty()) {
      judgement.add(
          PromotionFinding.TOO_FEW, "No class has " + minimum.toPlainString() + " test cases.");
    } else {
      judge(test, judged);
    }
    return judgement.check();
  }

  private void judge(Comparison test, List<ClassFigures> judged) {
    var champion = test.champion();
    if (evidence.champion() == null) {
      judgement.add(
          PromotionFinding.NO_CHAMPION,
          "Recall of the candidate: %s. There is no champion to compare with."
              .formatted(
                  judged.stream()
                      .map(category -> "class " + category.name() + " " + shown(category.recall()))
                      .collect(Collectors.joining(", "))));
    } else if (champion == null) {
      judgement.add(PromotionFinding.MISSING, "The champion was not scored on the test set.");
    } else {
      judged.forEach(category -> compare(category, champion));
    }
    weak(judged);
  }

  private void compare(ClassFigures candidate, ClassificationMetrics champion) {
    var allowed = evidence.thresholds().get(PromotionThreshold.RECALL_DROP);
    var before = champion.recall(candidate.name());
    var now = candidate.recall();
    if (before == null || now == null) {
      judgement.add(
          PromotionFinding.MISSING,
          "The champion was scored on other cases of class " + candidate.name() + ".");
      return;
    }
    judgement.add(
        metWhen(before - now <= allowed.doubleValue()),
        now,
        before,
        allowed,
        "Recall of class %s is %s, the champion's %s (it may lose %s)."
            .formatted(candidate.name(), shown(now), shown(before), allowed.toPlainString()));
  }

  private void weak(List<ClassFigures> judged) {
    var limit = evidence.thresholds().get(PromotionThreshold.LIST_RECALL);
    var weak =
        judged.stream()
            .filter(category -> category.recall() < limit.doubleValue())
            .map(category -> "class " + category.name() + " (" + shown(category.recall()) + ")")
            .toList();
    if (!weak.isEmpty()) {
      judgement.note(
          "Recognised less often than %s: %s."
              .formatted(limit.toPlainString(), String.join(", ", weak)));
    }
  }
}
