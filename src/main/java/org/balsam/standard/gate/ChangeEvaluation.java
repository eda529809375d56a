package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Period change and year change of macro-editing: 100·(x_t/x_{t−lag} − 1) of the newest period, and
 * its z-score (change − mean) / s against the series' own earlier changes.
 */
final class ChangeEvaluation implements CheckEvaluation {

  private final CheckDefinition definition;
  private final CheckRule.Change rule;
  private final SeriesCollector collector;

  ChangeEvaluation(CheckDefinition definition, CheckRule.Change rule) {
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
          definition, "table", null, threshold(), true, "the table has no rows to judge");
    }
    var findings = new ArrayList<Finding>();
    collector.names().forEach(name -> judge(name, findings));
    return Finding.result(definition, collector.newest(), findings);
  }

  private void judge(String name, List<Finding> findings) {
    var figures = collector.figures(name);
    var newest = figures.size() - 1;
    var about = Words.printable(name) + " in " + collector.newest();
    if (newest < rule.lag()) {
      findings.add(
          Finding.notJudged(
              name, threshold(), about + ": not judged, no period to compare with yet"));
      return;
    }
    var change = Changes.at(figures, newest, rule.lag());
    if (change == null) {
      findings.add(
          Finding.failed(
              name, threshold(), about + ": no change can be computed, a figure is missing or 0"));
      return;
    }
    percent(name, about, change, findings);
    zScore(name, about, change, Changes.history(figures, rule.lag(), rule.history()), findings);
  }

  private void percent(String name, String about, BigDecimal change, List<Finding> findings) {
    var bound = rule.maxPercent();
    if (bound != null) {
      var message =
          "%s: change of %s %% on %s, allowed ±%s %%"
              .formatted(about, shown(change), lag(), bound.toPlainString());
      findings.add(Finding.measured(name, change, bound, message));
    }
  }

  private void zScore(
      String name,
      String about,
      BigDecimal change,
      List<BigDecimal> history,
      List<Finding> findings) {
    var bound = rule.maxZ();
    if (bound == null) {
      return;
    }
    if (history.size() < Changes.MINIMUM_HISTORY) {
      findings.add(Finding.notJudged(name, bound, about + ": not judged, " + few(history)));
      return;
    }
    var z = Changes.distance(change, Changes.mean(history), Changes.standardDeviation(history));
    findings.add(
        z == null
            ? Finding.failed(name, bound, about + ": changed after a history without variation")
            : Finding.measured(name, z, bound, zMessage(about, change, z, history.size())));
  }

  private String zMessage(String about, BigDecimal change, BigDecimal z, int history) {
    return "%s: change of %s %% on %s has z-score %s against %d earlier changes, allowed ±%s"
        .formatted(about, shown(change), lag(), shown(z), history, threshold().toPlainString());
  }

  static String few(List<BigDecimal> history) {
    return "only %d earlier changes, at least %d are needed"
        .formatted(history.size(), Changes.MINIMUM_HISTORY);
  }

  private BigDecimal threshold() {
    return first(rule.maxZ(), rule.maxPercent());
  }

  private static BigDecimal first(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one != null ? one : other != null ? other : BigDecimal.ZERO;
  }

  private String lag() {
    return rule.lag() == 1 ? "the previous period" : rule.lag() + " periods before";
  }

  static String shown(BigDecimal value) {
    return value.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
