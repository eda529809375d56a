package org.balsam.standard.promotion;

import static org.balsam.standard.promotion.Judgement.shown;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.balsam.standard.promotion.Pins.PinnedSet;
import org.jspecify.annotations.Nullable;

/**
 * What Balsam itself knows of a candidate and writes on its card. What is null stays empty on the
 * card, and so is missing.
 *
 * @param title what the model decides, as the project says
 * @param version the candidate's version
 * @param date the day on which it was trained
 * @param champion the champion's version; null when there is none
 * @param pins what the training is pinned to
 * @param thresholds the thresholds of the gate
 * @param test candidate and champion on the test set
 * @param latest the same on the latest period
 * @param groups the columns over whose groups fairness is judged
 * @param fairness the gaps that were measured
 */
public record CardFacts(
    String title,
    String version,
    LocalDate date,
    @Nullable String champion,
    Pins pins,
    PromotionThresholds thresholds,
    @Nullable Comparison test,
    @Nullable Comparison latest,
    List<String> groups,
    List<FairnessGap> fairness) {

  Map<CardField, List<String>> fields() {
    var fields = new EnumMap<CardField, List<String>>(CardField.class);
    fields.put(CardField.TITLE, List.of(title));
    fields.put(CardField.VERSION, List.of(version));
    fields.put(CardField.DATE, List.of(date.toString()));
    fields.put(
        CardField.CHAMPION,
        List.of(champion == null ? "None: this is the first model." : champion));
    fields.put(
        CardField.EVALUATED_GROUPS,
        groups.isEmpty() ? List.of("None: the project declares no groups.") : groups);
    fields.put(CardField.MEASURES, measures());
    fields.put(CardField.DECISION_THRESHOLDS, values());
    fields.put(CardField.UNCERTAINTY, uncertainty());
    fields.put(CardField.TRAINING_SETS, sets(pins.training(), pins.validation()));
    fields.put(CardField.EVALUATION_SETS, sets(pins.test()));
    fields.put(CardField.UNITARY_RESULTS, unitary());
    fields.put(CardField.INTERSECTIONAL_RESULTS, intersectional());
    return fields;
  }

  private static List<String> measures() {
    return List.of(
        "Accuracy, macro-F1 and recall of each class; AUC of a binary model; Brier score; expected"
            + " calibration error in "
            + ClassificationMetrics.CALIBRATION_BINS
            + " bins. The predicted class is the one with the highest probability.");
  }

  private List<String> values() {
    return thresholds.values().entrySet().stream()
        .map(entry -> entry.getKey().key() + ": " + entry.getValue().toPlainString())
        .toList();
  }

  private List<String> uncertainty() {
    if (test == null) {
      return List.of();
    }
    var bound = test.macroF1();
    return List.of(
        bound == null
            ? "Without a champion there is no difference to bound."
            : "Macro-F1 minus the champion's on the test set is %s, its one-sided 95 %% lower bound %s (paired bootstrap, %d resamples, seed %d)."
                .formatted(
                    shown(bound.difference()),
                    shown(bound.lower()),
                    bound.resamples(),
                    bound.seed()));
  }

  private static List<String> sets(@Nullable PinnedSet... sets) {
    return Stream.of(sets).filter(Objects::nonNull).map(PinnedSet::toString).toList();
  }

  private List<String> unitary() {
    var results = new ArrayList<String>();
    if (test != null) {
      results.add("Test set: " + results(test.candidate()));
      test.candidate()
          .classes()
          .forEach(category -> results.add("Test set, class " + results(category)));
    }
    if (latest != null) {
      results.add("Latest period: " + results(latest.candidate()));
    }
    return results;
  }

  private static String results(ClassificationMetrics metrics) {
    var auc = metrics.auc() == null ? "" : ", AUC " + shown(metrics.auc());
    return "%d cases, accuracy %s, macro-F1 %s%s, Brier score %s, expected calibration error %s"
        .formatted(
            metrics.cases(),
            shown(metrics.accuracy()),
            shown(metrics.macroF1()),
            auc,
            shown(metrics.brier()),
            shown(metrics.calibrationError()));
  }

  private static String results(ClassFigures category) {
    var recall = category.recall() == null ? "no cases" : "recall " + shown(category.recall());
    return "%s: %d cases, %s".formatted(category.name(), category.support(), recall);
  }

  private List<String> intersectional() {
    if (groups.isEmpty()) {
      return List.of("None: the project declares no groups.");
    }
    var results = new ArrayList<String>();
    for (var gap : fairness) {
      var about =
          "%s of class %s over %s".formatted(gap.measure().words(), gap.category(), gap.column());
      results.add(
          gap.gap() == null || gap.ratio() == null
              ? about + ": too few cases"
              : "%s: gap %s, ratio %s".formatted(about, shown(gap.gap()), shown(gap.ratio())));
    }
    return results;
  }
}
