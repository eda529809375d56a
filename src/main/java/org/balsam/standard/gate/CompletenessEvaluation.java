package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Texts;

/** Indicator R1 (data completeness) of the ESS quality indicators: delivered / required cells. */
final class CompletenessEvaluation implements CheckEvaluation {

  private final CheckDefinition definition;
  private final CheckRule.Completeness rule;
  private final FirstRows gaps = new FirstRows();
  private List<String> required;
  private long delivered;
  private long rows;

  CompletenessEvaluation(CheckDefinition definition, CheckRule.Completeness rule) {
    this.definition = definition;
    this.rule = rule;
    this.required = rule.columns();
  }

  @Override
  public CheckDefinition definition() {
    return definition;
  }

  @Override
  public Set<String> columns() {
    return Set.copyOf(rule.columns());
  }

  @Override
  public void header(List<String> names) {
    if (rule.columns().isEmpty()) {
      required = List.copyOf(names);
    }
  }

  @Override
  public void row(TableRow row) {
    rows++;
    var empty = new ArrayList<String>();
    for (var column : required) {
      if (row.isFilled(column)) {
        delivered++;
      } else {
        empty.add(column);
      }
    }
    if (!empty.isEmpty()) {
      gaps.add(row.label() + " " + Words.printableList(empty));
    }
  }

  @Override
  public CheckResult result() {
    var cells = rule.rows().orElse((int) rows) * (long) required.size();
    if (cells == 0) {
      return CheckResult.of(
          definition, "table", BigDecimal.ZERO, BigDecimal.ONE, true, "the table has no rows");
    }
    var message =
        "%d of %d required cells are filled in %s"
            .formatted(delivered, cells, Texts.count(rows, "row"));
    return CheckResult.of(
        definition,
        gaps.isEmpty() ? Texts.count(rows, "row") : gaps.toString(),
        BigDecimal.valueOf(delivered).divide(BigDecimal.valueOf(cells), 6, RoundingMode.DOWN),
        BigDecimal.ONE,
        delivered != cells || !gaps.isEmpty(),
        gaps.isEmpty() ? message : message + "; empty: " + gaps);
  }
}
