package org.balsam.usecase.model;

import java.util.Locale;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepRecord;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Puts the rows of a training together. */
@Component
class TrainingViews {

  private static final Limit RUNS = Limit.of(20);
  private static final Limit DECISIONS = Limit.of(200);

  private final TrainingRunRepository runs;
  private final TrainingCheckRepository checks;
  private final TrainingDecisionRepository decisions;
  private final TrainingDecisionRules rules;
  private final StepBook book;

  TrainingViews(
      TrainingRunRepository runs,
      TrainingCheckRepository checks,
      TrainingDecisionRepository decisions,
      TrainingDecisionRules rules,
      StepBook book) {
    this.runs = runs;
    this.checks = checks;
    this.decisions = decisions;
    this.rules = rules;
    this.book = book;
  }

  static TrainingSummary summary(TrainingEntity training) {
    return new TrainingSummary(
        training.trainingId(),
        training.modelName(),
        training.reference(),
        training.state,
        training.stateSince,
        training.triggeredBy,
        training.requestedBy,
        training.requestedAt,
        training.candidate,
        training.promotedAt);
  }

  TrainingView of(TrainingEntity training) {
    return new TrainingView(
        training.trainingId(),
        training.modelName(),
        training.reference(),
        training.state,
        training.stateSince,
        training.triggeredBy,
        training.requestedBy,
        training.requestedAt,
        training.commitId,
        training.method,
        training.runtime,
        training.seed,
        TrainingParameters.parse(training.parameters),
        training.inputSet,
        training.setManifest,
        training.artefact == null ? null : new Sha256(training.artefact),
        training.candidate,
        training.champion,
        training.verdict,
        training.summary,
        training.evidence,
        training.reproduces == null ? null : TrainingId.parse(training.reproduces),
        training.outcome,
        runs.findByTrainingOrderByNumberDesc(training.id, RUNS).stream().map(this::run).toList(),
        rules.newest(training).stream().map(TrainingViews::check).toList(),
        checks.findByTrainingAndWaiverNotNullOrderByIdAsc(training.id).stream()
            .map(TrainingViews::check)
            .toList(),
        decisions.findByTrainingOrderByIdAsc(training.id, DECISIONS).stream()
            .map(TrainingViews::decision)
            .toList(),
        training.promotedAt,
        training.bundle != null,
        training.endReason);
  }

  private TrainingView.Run run(TrainingRunEntity run) {
    return new TrainingView.Run(
        run.number,
        run.purpose.name().toLowerCase(Locale.ROOT),
        run.plannedAt,
        book.steps(run.id).stream().map(TrainingViews::step).toList());
  }

  private static TrainingView.Step step(StepRecord step) {
    return new TrainingView.Step(
        step.job(),
        step.stage(),
        step.name(),
        step.state(),
        step.exitCode(),
        step.message(),
        step.attempts(),
        step.submittedAt(),
        step.startedAt(),
        step.finishedAt());
  }

  private static TrainingView.Check check(TrainingCheckEntity check) {
    return new TrainingView.Check(
        check.number,
        check.name,
        check.title,
        check.value,
        check.champion,
        check.threshold,
        check.finding.value(),
        check.verdict.value(),
        check.message,
        check.waiver,
        check.waivedBy,
        check.waivedAt);
  }

  private static TrainingView.Decision decision(TrainingDecisionEntity decision) {
    return new TrainingView.Decision(
        decision.activity,
        decision.task,
        decision.decision,
        decision.reason,
        decision.actor,
        decision.evidence,
        decision.decidedAt);
  }
}
