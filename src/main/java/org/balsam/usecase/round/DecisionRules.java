package org.balsam.usecase.round;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.gate.Verdict;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;

/** What the facts of a round allow its people to decide, and what their answers do to checks. */
@Component
class DecisionRules {

  static final String REVIEW = "userTask_reviewResults";
  static final String APPROVE_RELEASE = "userTask_approveRelease";
  static final String APPROVE = "approve";
  static final String CONFIRM_INPUTS = "userTask_confirmInputs";
  private static final String CORRECT_OR_WAIVE = "userTask_correctOrWaive";
  private static final String EXPLAIN_WARNINGS = "userTask_explainWarnings";

  /** How long a form with the moment of release may lie open. */
  private static final Duration OPEN_FORM = Duration.ofMinutes(15);

  private final RoundRows rows;
  private final CheckRepository checks;
  private final AnnouncementRepository announcements;
  private final ModelsInUse models;
  private final ProjectFiles files;
  private final ObjectStore store;
  private final Clock clock;

  DecisionRules(
      RoundRows rows,
      CheckRepository checks,
      AnnouncementRepository announcements,
      ModelsInUse models,
      ProjectFiles files,
      ObjectStore store,
      Clock clock) {
    this.rows = rows;
    this.checks = checks;
    this.announcements = announcements;
    this.models = models;
    this.files = files;
    this.store = store;
    this.clock = clock;
  }

  void apply(RecordDecision.Command command, RoundEntity round) {
    switch (command.activity() + ":" + command.decision()) {
      case CONFIRM_INPUTS + ":confirm" -> confirm(command, round);
      case CORRECT_OR_WAIVE + ":waive" -> waive(command, round);
      case EXPLAIN_WARNINGS + ":explain" -> explain(command, round);
      case REVIEW + ":" + APPROVE -> sameEvidence(command, round);
      case APPROVE_RELEASE + ":" + APPROVE -> approveRelease(command, round);
      default -> {
        // nothing but the engine's own rules stands against it
      }
    }
  }

  private void confirm(RecordDecision.Command command, RoundEntity round) {
    var inputSet = command.display().get("inputSet");
    if (inputSet != null) {
      var commit = Objects.requireNonNull(round.commitId, "the round is open");
      var file = files.at(command.round().project(), commit);
      var inputs = Manifest.read(store, Manifest.Reference.parse(inputSet));
      InputCompleteness.require(file, command.round(), inputs);
    }
  }

  private void waive(RecordDecision.Command command, RoundEntity round) {
    if (!command.actor().has(command.round().project(), Role.QUALITY)) {
      throw new Forbidden(
          "only the role quality of "
              + command.round().project()
              + " may waive a blocking check; correct it instead");
    }
    answer(command, round, Verdict.BLOCK, CheckEntity.Answer.WAIVE);
  }

  private void explain(RecordDecision.Command command, RoundEntity round) {
    answer(command, round, Verdict.EXPLAIN, CheckEntity.Answer.EXPLAIN);
  }

  private void answer(
      RecordDecision.Command command,
      RoundEntity round,
      Verdict verdict,
      CheckEntity.Answer answer) {
    var reason = command.reason() == null ? "" : command.reason().strip();
    if (reason.isEmpty()) {
      throw new Rejection(
          ErrorCode.REASON_REQUIRED, "say why; the text is kept with the checks for good");
    }
    for (var check : checks.findByRunOrderByPositionAsc(rows.newestRun(round).id)) {
      if (check.verdict == verdict && check.open()) {
        requireWaivable(check, answer);
        check.answer(answer, reason, command.actor(), clock.instant());
      }
    }
  }

  private static void requireWaivable(CheckEntity check, CheckEntity.Answer answer) {
    if (answer == CheckEntity.Answer.WAIVE && check.name.equals(QualityChecks.READABLE)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "nothing was checked, so nothing can be waived: " + check.message);
    }
  }

  private void sameEvidence(RecordDecision.Command command, RoundEntity round) {
    var run = rows.newestRun(round);
    models.requireSeen(run);
    var current = run.evidence;
    if (current == null || !current.equals(command.evidence())) {
      throw new Rejection(
          ErrorCode.EVIDENCE_CHANGED,
          "the results changed while the task was open: it shows evidence %s, the round has %s;"
                  .formatted(command.evidence(), current)
              + " look at the new results first");
    }
  }

  private void approveRelease(RecordDecision.Command command, RoundEntity round) {
    sameEvidence(command, round);
    var text = command.display().get("releaseAt");
    if (text == null) {
      return;
    }
    var at = Instant.parse(text);
    if (at.isBefore(clock.instant().minus(OPEN_FORM))) {
      var minutes = OPEN_FORM.toMinutes();
      throw refused(
          at,
          "it passed more than %d minutes ago; name a moment to come, or one of the last %d minutes to publish at once"
              .formatted(minutes, minutes));
    }
    if (round.plannedRelease != null && at.isBefore(round.plannedRelease)) {
      throw early(at, "the release calendar says " + round.plannedRelease);
    }
    announcements
        .findFirstByRoundOrderByNumberDesc(round.id)
        .filter(announced -> at.isBefore(announced.releaseAt))
        .ifPresent(
            announced -> {
              throw early(at, announced.releaseAt + " is announced");
            });
  }

  private static Rejection early(Instant at, String why) {
    return refused(at, why + "; nothing is published early");
  }

  private static Rejection refused(Instant at, String why) {
    return new Rejection(
        ErrorCode.WRONG_STATE,
        "/variables/releaseAt",
        "the release cannot be at " + at + ": " + why);
  }
}
