package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.util.Set;
import org.balsam.kernel.Texts;
import org.jspecify.annotations.Nullable;

/** Minimum frequency rule of disclosure control: no row rests on fewer than the minimum. */
final class MinimumCountEvaluation implements CheckEvaluation {

  private final CheckDefinition definition;
  private final CheckRule.MinimumCount rule;
  private final FirstRows failing = new FirstRows();
  private @Nullable BigDecimal smallest;
  private long rows;

  MinimumCountEvaluation(CheckDefinition definition, CheckRule.MinimumCount rule) {
    this.definition = definition;
    this.rule = rule;
  }

  @Override
  public CheckDefinition definition() {
    return definition;
  }

  @Override
  public Set<String> columns() {
    return Set.of(rule.count());
  }

  @Override
  public void row(TableRow row) {
    rows++;
    var count = row.number(rule.count());
    if (count == null) {
      failing.add(row.label() + " has no count");
      return;
    }
    smallest = smallest == null ? count : smallest.min(count);
    if (count.compareTo(rule.minimum()) < 0) {
      failing.add(row.label() + " has " + count.toPlainString());
    }
  }

  @Override
  public CheckResult result() {
    if (rows == 0) {
      return CheckResult.of(
          definition, "table", null, rule.minimum(), true, "the table has no rows");
    }
    return CheckResult.of(
        definition,
        failing.isEmpty() ? Texts.count(rows, "row") : failing.toString(),
        smallest,
        rule.minimum(),
        !failing.isEmpty(),
        "%d of %s %s a %s below %s"
            .formatted(
                failing.count(),
                Texts.count(rows, "row"),
                failing.count() == 1 || rows == 1 ? "has" : "have",
                rule.count(),
                rule.minimum().toPlainString()));
  }
}
