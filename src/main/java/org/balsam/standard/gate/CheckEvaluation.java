package org.balsam.standard.gate;

/** One check on its way through a table: sees the header, then every row, then gives its result. */
interface CheckEvaluation extends RowVisitor {

  static CheckEvaluation of(CheckDefinition definition) {
    var rule = definition.rule();
    if (rule instanceof CheckRule.Completeness completeness) {
      return new CompletenessEvaluation(definition, completeness);
    } else if (rule instanceof CheckRule.Balance balance) {
      return new BalanceEvaluation(definition, balance);
    } else if (rule instanceof CheckRule.Change change) {
      return new ChangeEvaluation(definition, change);
    } else if (rule instanceof CheckRule.Outlier outlier) {
      return new OutlierEvaluation(definition, outlier);
    } else if (rule instanceof CheckRule.MinimumCount minimum) {
      return new MinimumCountEvaluation(definition, minimum);
    }
    throw new IllegalArgumentException("no evaluation for " + rule);
  }

  CheckDefinition definition();

  CheckResult result();
}
