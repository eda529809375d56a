package org.balsam.usecase.round;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.gate.Verdict;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.step.StepState;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Checks the results of a run (GSBPM 5.3, 6.2) and fixes the evidence that approvals will be bound
 * to.
 */
@Component
public class CheckQuality {

  private final RoundRows rows;
  private final StepBook book;
  private final CheckRepository checks;
  private final QualityChecks quality;
  private final EvidenceFacts facts;
  private final RoundDocuments documents;
  private final ProjectFiles files;
  private final ObjectStore store;
  private final AuditTrail trail;
  private final Clock clock;

  CheckQuality(
      RoundRows rows,
      StepBook book,
      CheckRepository checks,
      QualityChecks quality,
      EvidenceFacts facts,
      RoundDocuments documents,
      ProjectFiles files,
      ObjectStore store,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.book = book;
    this.checks = checks;
    this.quality = quality;
    this.facts = facts;
    this.documents = documents;
    this.files = files;
    this.store = store;
    this.trail = trail;
    this.clock = clock;
  }

  /** What to check. */
  public record Command(RoundId round, long run) {}

  /**
   * What was found.
   *
   * @param verdict {@code pass}, {@code explain} or {@code block}
   * @param warned whether any check asks for an explanation, also when another one blocks
   * @param summary for people, at most 4000 characters
   * @param evidence sha256 of commit, inputs, step specifications, outputs and verdicts
   * @param outputSet reference of the manifest of everything that the run wrote
   * @param outputFiles for people: where to fetch each file, at most 4000 characters
   */
  public record Result(
      String verdict,
      boolean warned,
      String summary,
      String evidence,
      String outputSet,
      String outputFiles) {}

  /**
   * Checks it. Checking again forgets what people said of the former verdicts.
   *
   * @throws Rejection DATA_CHANGED when an output's bytes are not those that the step wrote,
   *     WRONG_STATE when a step of the run has not succeeded
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    rows.lock(command.round);
    var run = rows.run(command.round, command.run);
    requireSuccess(run);
    var written = book.outputs(run.id);
    written.forEach(output -> output.content().verify(store));
    var file = files.at(command.round.project(), run.commitId);
    checks.forget(run.id);
    var judged = quality.judge(file, run, written);
    checks.saveAll(judged);
    run.verdict = CheckSummary.verdict(judged).value();
    run.summary = CheckSummary.of(judged);
    run.outputSet = outputSet(run, written);
    fixEvidence(run);
    run.checkedAt = clock.instant();
    record(run, judged);
    var warned = judged.stream().anyMatch(check -> check.verdict == Verdict.EXPLAIN);
    return new Result(
        run.verdict,
        warned,
        run.summary,
        run.evidence,
        run.outputSet,
        OutputFiles.of(command.round, written));
  }

  private void requireSuccess(RunEntity run) {
    book.steps(run.id).stream()
        .filter(step -> step.state() != StepState.SUCCEEDED)
        .findFirst()
        .ifPresent(
            step -> {
              throw new Rejection(
                  ErrorCode.WRONG_STATE,
                  "step %s of run %s is %s; only a run whose steps all succeeded can be checked"
                      .formatted(step.name(), run.id, step.state().words()));
            });
  }

  private String outputSet(RunEntity run, List<StepOutput> written) {
    var round = run.roundId();
    var manifest = new Manifest(written.stream().map(output -> entry(run, output)).toList());
    var key = RoundDocuments.runKey(round, run.number, "outputs.csv");
    return manifest.store(store, documents.bucket(round), key).toString();
  }

  private static Manifest.Entry entry(RunEntity run, StepOutput output) {
    var round = run.roundId();
    var parts = output.dataset().split("/", 2);
    var dataset = new DatasetId(round.project(), Layer.parse(parts[0]), parts[1]);
    var version = new DatasetVersionId(dataset, round.period(), round.revision(), run.number);
    return new Manifest.Entry(
        output.dataset(),
        version.value(),
        output.bucket(),
        output.key(),
        output.versionId(),
        output.size(),
        output.sha256(),
        output.rows(),
        output.lastModified());
  }

  private void fixEvidence(RunEntity run) {
    var json = facts.of(run);
    var key = RoundDocuments.runKey(run.roundId(), run.number, "evidence.json");
    run.evidence = Sha256.of(json).value();
    run.evidenceDocument = documents.store(run.roundId(), key, json, "application/json").toString();
  }

  private void record(RunEntity run, List<CheckEntity> judged) {
    var round = run.roundId();
    trail.record(
        AuditEntry.done("round.checked", round.project().value(), round.value())
            .with("run", (long) run.number)
            .with("verdict", String.valueOf(run.verdict))
            .with("evidence", String.valueOf(run.evidence))
            .with("outputs", String.valueOf(run.outputSet))
            .with(
                "checks",
                judged.stream()
                    .map(
                        check ->
                            Map.of(
                                "check", check.name,
                                "value", check.valueText(),
                                "threshold", check.threshold.toPlainString(),
                                "severity", check.severity.value(),
                                "verdict", check.verdict.value()))
                    .toList()));
  }
}
