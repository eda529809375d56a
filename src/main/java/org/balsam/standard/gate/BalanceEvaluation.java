package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.balsam.kernel.Texts;
import org.jspecify.annotations.Nullable;

/** Balance edit: |total − Σ parts| ≤ 0.5 × number of rounded parts × unit, exactly computed. */
final class BalanceEvaluation implements CheckEvaluation {

  private final CheckDefinition definition;
  private final CheckRule.Balance rule;
  private final FirstRows failing = new FirstRows();
  private BigDecimal largest = BigDecimal.ZERO;
  private long rows;

  BalanceEvaluation(CheckDefinition definition, CheckRule.Balance rule) {
    this.definition = definition;
    this.rule = rule;
  }

  @Override
  public CheckDefinition definition() {
    return definition;
  }

  @Override
  public Set<String> columns() {
    var columns = new HashSet<>(rule.parts());
    columns.add(rule.total());
    return columns;
  }

  @Override
  public void row(TableRow row) {
    rows++;
    var difference = difference(row);
    if (difference == null) {
      failing.add(row.label() + " has an empty cell");
      return;
    }
    largest = largest.max(difference.abs());
    if (difference.abs().compareTo(rule.tolerance()) > 0) {
      failing.add(row.label() + " differs by " + difference.toPlainString());
    }
  }

  private @Nullable BigDecimal difference(TableRow row) {
    var difference = row.number(rule.total());
    for (var column : rule.parts()) {
      var part = row.number(column);
      difference = difference == null || part == null ? null : difference.subtract(part);
    }
    return difference;
  }

  @Override
  public CheckResult result() {
    if (rows == 0) {
      return CheckResult.of(
          definition, "table", null, BigDecimal.ZERO, true, "the table has no rows");
    }
    var message =
        "%d of %s %s %s = %s; largest difference %s, allowed %s"
            .formatted(
                failing.count(),
                Texts.count(rows, "row"),
                failing.count() == 1 || rows == 1 ? "fails" : "fail",
                rule.total(),
                String.join(" + ", rule.parts()),
                largest.toPlainString(),
                rule.tolerance().stripTrailingZeros().toPlainString());
    return CheckResult.of(
        definition,
        failing.isEmpty() ? Texts.count(rows, "row") : failing.toString(),
        BigDecimal.valueOf(failing.count()),
        BigDecimal.ZERO,
        !failing.isEmpty(),
        message);
  }
}
