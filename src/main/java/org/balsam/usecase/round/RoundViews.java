package org.balsam.usecase.round;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.balsam.kernel.JobId;
import org.balsam.kernel.RoundId;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.step.StepRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Puts the rows of a round together, with one query per kind of row. */
@Component
class RoundViews {

  private static final Limit RUNS = Limit.of(20);
  private static final Limit DECISIONS = Limit.of(200);
  private static final Limit ANNOUNCEMENTS = Limit.of(50);

  private final RunRepository runs;
  private final StepBook book;
  private final CheckRepository checks;
  private final DecisionRepository decisions;
  private final AnnouncementRepository announcements;

  RoundViews(
      RunRepository runs,
      StepBook book,
      CheckRepository checks,
      DecisionRepository decisions,
      AnnouncementRepository announcements) {
    this.runs = runs;
    this.book = book;
    this.checks = checks;
    this.decisions = decisions;
    this.announcements = announcements;
  }

  static RoundSummary summary(RoundEntity round) {
    return new RoundSummary(
        round.roundId(),
        round.state,
        round.stateSince,
        round.requestedBy,
        round.requestedAt,
        round.plannedRelease,
        round.releasedAt);
  }

  RoundView of(RoundEntity round) {
    var all = runs.findByRoundOrderByNumberDesc(round.id, RUNS);
    var newest = RunEntity.id(round.roundId(), round.run);
    return new RoundView(
        round.roundId(),
        round.state,
        round.stateSince,
        round.triggeredBy,
        round.requestedBy,
        round.requestedAt,
        revision(round),
        round.plannedRelease,
        round.commitId,
        round.method,
        all.stream().map(RoundViews::run).toList(),
        steps(newest),
        checks.findByRunOrderByPositionAsc(newest).stream().map(RoundViews::check).toList(),
        decisions.findByRoundOrderByIdAsc(round.id, DECISIONS).stream()
            .map(RoundViews::decision)
            .toList(),
        announcements.findByRoundOrderByNumberAsc(round.id, ANNOUNCEMENTS).stream()
            .map(RoundViews::announcement)
            .toList(),
        all.isEmpty() ? null : release(round, all.get(0)),
        round.endReason,
        round.evaluated);
  }

  private List<RoundView.Step> steps(String run) {
    var written = book.outputs(run).stream().collect(Collectors.groupingBy(output -> output.job()));
    return book.steps(run).stream().map(step -> step(step, written)).toList();
  }

  private static RoundView.Step step(StepRecord step, Map<JobId, List<StepOutput>> written) {
    return new RoundView.Step(
        step.job(),
        step.stage(),
        step.name(),
        step.gsbpm(),
        step.state(),
        step.exitCode(),
        step.message(),
        step.attempts(),
        step.submittedAt(),
        step.startedAt(),
        step.finishedAt(),
        written.getOrDefault(step.job(), List.of()).stream().map(RoundViews::output).toList());
  }

  private static RoundView.Output output(StepOutput output) {
    return new RoundView.Output(
        output.dataset(),
        output.bucket().value(),
        output.key(),
        output.versionId(),
        output.size(),
        output.sha256(),
        output.rows());
  }

  private static RoundView.@Nullable Revision revision(RoundEntity round) {
    return round.predecessor == null
        ? null
        : new RoundView.Revision(
            RoundId.parse(round.predecessor),
            Objects.requireNonNull(round.revisionType),
            Objects.requireNonNull(round.revisionReason));
  }

  private static RoundView.Run run(RunEntity run) {
    return new RoundView.Run(
        run.number,
        run.inputSet,
        run.models(),
        run.commitId,
        run.plannedAt,
        run.checkedAt,
        run.verdict,
        run.summary,
        run.outputSet,
        run.evidence);
  }

  private static RoundView.Check check(CheckEntity check) {
    return new RoundView.Check(
        check.name,
        check.type,
        check.gsbpm,
        check.sims,
        check.scope,
        check.value,
        check.threshold,
        check.exceeded,
        check.severity.value(),
        check.verdict.value(),
        check.message,
        check.answer == null ? null : check.answer.name().toLowerCase(Locale.ROOT),
        check.explanation,
        check.explainedBy,
        check.explainedAt);
  }

  private static RoundView.Decision decision(DecisionEntity decision) {
    return new RoundView.Decision(
        decision.activity,
        decision.task,
        decision.decision,
        decision.reason,
        decision.actor,
        decision.evidence,
        decision.decidedAt);
  }

  private static RoundView.Announcement announcement(AnnouncementEntity announcement) {
    return new RoundView.Announcement(
        announcement.announcedAt, announcement.releaseAt, announcement.zone, announcement.reason);
  }

  private static RoundView.@Nullable Release release(RoundEntity round, RunEntity run) {
    return round.releasedAt == null
        ? null
        : new RoundView.Release(
            round.releasedAt,
            round.roundId().releaseTag(),
            Objects.requireNonNull(round.releaseSet),
            Objects.requireNonNull(run.evidence),
            Objects.requireNonNull(round.reviewEvent),
            Objects.requireNonNull(round.releaseEvent),
            round.bundle != null);
  }
}
