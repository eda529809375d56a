package org.balsam.usecase.round;

import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Texts;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.gate.CheckEvaluator;
import org.balsam.standard.gate.CheckResult;
import org.balsam.standard.gate.GateTable;
import org.balsam.standard.gate.Severity;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;

/** Runs a project's checks on the outputs of a run and asks the decision table for verdicts. */
@Component
class QualityChecks {

  /** The check that stands in for all others when the outputs cannot be read as tables. */
  static final String READABLE = "outputs-readable";

  private final CheckEvaluator evaluator;
  private final GateTable table;
  private final ObjectStore store;
  private final ModelsInUse models;

  QualityChecks(CheckEvaluator evaluator, GateTable table, ObjectStore store, ModelsInUse models) {
    this.evaluator = evaluator;
    this.table = table;
    this.store = store;
    this.models = models;
  }

  List<CheckEntity> judge(ProjectFile file, RunEntity run, List<StepOutput> outputs) {
    var judged = new ArrayList<CheckEntity>();
    var results = new ArrayList<>(evaluate(file, outputs));
    models.check(run).ifPresent(results::add);
    for (var result : results) {
      var decision = table.decide(result, file.product().type());
      judged.add(new CheckEntity(run.id, judged.size(), result, decision));
    }
    return judged;
  }

  private List<CheckResult> evaluate(ProjectFile file, List<StepOutput> outputs) {
    try {
      return evaluator.evaluate(file.checks(), dataset -> open(dataset, outputs));
    } catch (Invalid malformed) {
      return List.of(unreadable(malformed));
    }
  }

  private Reader open(String dataset, List<StepOutput> outputs) {
    return outputs.stream()
        .filter(output -> output.dataset().equals(dataset) && output.file().endsWith(".csv"))
        .findFirst()
        .map(output -> new InputStreamReader(output.content().open(store), StandardCharsets.UTF_8))
        .orElseThrow(() -> new NotFound("the run wrote no CSV file to " + dataset));
  }

  private static CheckResult unreadable(Invalid malformed) {
    return new CheckResult(
        READABLE,
        "format",
        "5.3",
        null,
        Texts.atMost(200, malformed.problems().get(0).where()),
        BigDecimal.valueOf(malformed.problems().size()),
        BigDecimal.ZERO,
        Severity.BLOCK,
        true,
        "the outputs cannot be checked: " + Texts.atMost(1500, malformed.getMessage()));
  }
}
