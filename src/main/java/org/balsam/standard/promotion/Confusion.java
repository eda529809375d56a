package org.balsam.standard.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Counts of cases by true class (first index) and predicted class (second index). */
final class Confusion {

  private final long[][] counts;

  Confusion(int classes) {
    counts = new long[classes][classes];
  }

  static Confusion of(Predictions predictions) {
    var confusion = new Confusion(predictions.classes().size());
    for (var row = 0; row < predictions.size(); row++) {
      confusion.add(predictions.truth(row), predictions.predicted(row));
    }
    return confusion;
  }

  void add(int truth, int predicted) {
    counts[truth][predicted]++;
  }

  long right() {
    var right = 0L;
    for (var category = 0; category < counts.length; category++) {
      right += counts[category][category];
    }
    return right;
  }

  /**
   * The mean of F1 = 2·tp / (support + predicted) over the classes that occur among the true or the
   * predicted ones (the labels that scikit-learn's {@code f1_score(average="macro")} takes).
   */
  double macroF1() {
    var sum = 0.0;
    var occurring = 0;
    for (var category = 0; category < counts.length; category++) {
      if (support(category) + predicted(category) > 0) {
        sum += f1(category);
        occurring++;
      }
    }
    return occurring == 0 ? 0 : sum / occurring;
  }

  ClassFigures figures(int category, String name) {
    var support = support(category);
    var predicted = predicted(category);
    var right = (double) counts[category][category];
    return new ClassFigures(
        name,
        support,
        predicted,
        support == 0 ? null : right / support,
        predicted == 0 ? null : right / predicted,
        f1(category));
  }

  List<List<Long>> table() {
    var table = new ArrayList<List<Long>>();
    for (var row : counts) {
      table.add(LongStream.of(row).boxed().toList());
    }
    return List.copyOf(table);
  }

  private double f1(int category) {
    var all = support(category) + predicted(category);
    return all == 0 ? 0 : 2.0 * counts[category][category] / all;
  }

  private long support(int category) {
    return LongStream.of(counts[category]).sum();
  }

  private long predicted(int category) {
    var sum = 0L;
    for (var row : counts) {
      sum += row[category];
    }
    return sum;
  }
}
