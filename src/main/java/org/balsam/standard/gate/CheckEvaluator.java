package org.balsam.standard.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.springframework.stereotype.Component;

/**
 * Computes quality checks on CSV tables (UTF-8, comma, header in the first row). Reads each table
 * once, row by row. Without state; may be called from any thread.
 */
@Component
public class CheckEvaluator {

  /**
   * Evaluates the checks in their order.
   *
   * @throws Invalid when a table is malformed: a missing column, a cell that is not a number, more
   *     than a million rows; names table, row and column of the first 20 faults
   */
  public List<CheckResult> evaluate(List<CheckDefinition> checks, TableSource tables) {
    var problems = new TableProblems();
    var results = new HashMap<CheckDefinition, CheckResult>();
    for (var table : byDataset(checks).entrySet()) {
      var evaluations = new ArrayList<CheckEvaluation>();
      for (var check : table.getValue()) {
        evaluations.add(CheckEvaluation.of(check));
      }
      new TableReader(table.getKey(), problems).read(tables, evaluations);
      if (problems.isEmpty()) {
        evaluations.forEach(done -> results.put(done.definition(), done.result()));
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems.list());
    }
    return checks.stream().map(results::get).toList();
  }

  private static Map<String, List<CheckDefinition>> byDataset(List<CheckDefinition> checks) {
    return checks.stream()
        .collect(
            Collectors.groupingBy(
                CheckDefinition::dataset, LinkedHashMap::new, Collectors.toList()));
  }
}
