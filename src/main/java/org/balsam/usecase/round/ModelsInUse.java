package org.balsam.usecase.round;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Texts;
import org.balsam.standard.gate.CheckResult;
import org.balsam.standard.gate.Severity;
import org.springframework.stereotype.Component;

/**
 * Holds the models that a run uses against the roll-backs since they were pinned. A version that
 * was rolled back blocks, so that its round goes on only with other inputs or a waiver.
 */
@Component
class ModelsInUse {

  /** The check that runs have which use models. */
  static final String CHECK = "models-in-use";

  private static final int LONGEST_REASON = 300;
  private static final int LONGEST = 1500;

  private final CheckRepository checks;
  private final RolledBackModels rolledBack;

  ModelsInUse(CheckRepository checks, RolledBackModels rolledBack) {
    this.checks = checks;
    this.rolledBack = rolledBack;
  }

  /** The check of a run; empty when it uses no model. */
  Optional<CheckResult> check(RunEntity run) {
    if (run.models().isEmpty()) {
      return Optional.empty();
    }
    var found = found(run);
    return Optional.of(
        new CheckResult(
            CHECK,
            "models",
            "5.2",
            null,
            found.isEmpty() ? String.join(", ", run.models()) : versions(found),
            BigDecimal.valueOf(found.size()),
            BigDecimal.ZERO,
            Severity.BLOCK,
            !found.isEmpty(),
            found.isEmpty() ? "no model of the run was rolled back" : words(found)));
  }

  /**
   * Demands that whoever decides on a run has seen every roll-back of its models.
   *
   * @throws Rejection EVIDENCE_CHANGED naming what was rolled back since the run was checked
   */
  void requireSeen(RunEntity run) {
    var unseen =
        found(run).stream().filter(one -> !checked(run).contains(one.version().value())).toList();
    if (!unseen.isEmpty()) {
      throw new Rejection(
          ErrorCode.EVIDENCE_CHANGED,
          words(unseen) + "; send the round back, so that this is checked and decided on");
    }
  }

  /** The versions that the run's check has found to be rolled back. */
  private List<String> checked(RunEntity run) {
    return checks.findByRunOrderByPositionAsc(run.id).stream()
        .filter(check -> check.name.equals(CHECK))
        .filter(check -> check.value != null && check.value.signum() > 0)
        .flatMap(check -> List.of(check.scope.split(", ")).stream())
        .toList();
  }

  private List<RolledBackModels.Found> found(RunEntity run) {
    return run.models().isEmpty()
        ? List.of()
        : rolledBack.of(
            run.roundId().project(), run.models().stream().map(ModelVersionId::parse).toList());
  }

  private static String versions(List<RolledBackModels.Found> found) {
    return found.stream().map(one -> one.version().value()).collect(Collectors.joining(", "));
  }

  private static String words(List<RolledBackModels.Found> found) {
    var sentences =
        found.stream()
            .map(
                one ->
                    "the model version %s was rolled back on %s because: %s"
                        .formatted(
                            one.version(),
                            one.at().toString().substring(0, 10),
                            Texts.atMost(LONGEST_REASON, one.reason())))
            .collect(Collectors.joining("; "));
    return Texts.atMost(LONGEST, sentences);
  }
}
