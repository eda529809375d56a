package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Set;

/**
 * Univariate outlier: |x − median| / (1.4826·MAD) &gt; k, where x is the newest percent change on
 * the previous period, median and MAD those of all earlier changes of the same series; 1.4826 makes
 * the MAD estimate the standard deviation of a normal distribution.
 */
final class OutlierEvaluation implements CheckEvaluation {

  private static final BigDecimal CONSISTENCY = new BigDecimal("1.4826");

  private final CheckDefinition definition;
  private final CheckRule.Outlier rule;
  private final SeriesCollector collector;

  OutlierEvaluation(CheckDefinition definition, CheckRule.Outlier rule) {
    this.definition = definition;
    this.rule = rule;
    this.collector = new SeriesCollector(rule.columns());
  }

  @Override
  public CheckDefinition definition() {
    return definition;
  }

  @Override
  public Set<String> columns() {
    return collector.columns();
  }

  @Override
  public void row(TableRow row) {
    collector.row(row);
  }

  @Override
  public CheckResult result() {
    if (collector.isEmpty()) {
      return CheckResult.of(
          definition, "table", null, rule.k(), true, "the table has no rows to judge");
    }
    var findings = new ArrayList<Finding>();
    collector.names().forEach(name -> findings.add(judge(name)));
    return Finding.result(definition, collector.newest(), findings);
  }

  private Finding judge(String name) {
    var figures = collector.figures(name);
    var about = Words.printable(name) + " in " + collector.newest();
    if (figures.size() < 2) {
      return Finding.notJudged(
          name, rule.k(), about + ": not judged, no period to compare with yet");
    }
    var change = Changes.at(figures, figures.size() - 1, 1);
    if (change == null) {
      return Finding.failed(
          name, rule.k(), about + ": no change can be computed, a figure is missing or 0");
    }
    var history = Changes.history(figures, 1, Integer.MAX_VALUE);
    if (history.size() < Changes.MINIMUM_HISTORY) {
      var reason = about + ": not judged, " + ChangeEvaluation.few(history);
      return Finding.notJudged(name, rule.k(), reason);
    }
    var unit = Changes.medianDeviation(history).multiply(CONSISTENCY);
    var distance = Changes.distance(change, Changes.median(history), unit);
    return distance == null
        ? Finding.failed(name, rule.k(), about + ": changed after a history without variation")
        : Finding.measured(name, distance, rule.k(), message(about, change, distance));
  }

  private String message(String about, BigDecimal change, BigDecimal distance) {
    return "%s: change of %s %% lies %s robust deviations from the median, allowed ±%s"
        .formatted(
            about,
            ChangeEvaluation.shown(change),
            ChangeEvaluation.shown(distance),
            rule.k().toPlainString());
  }
}
