package org.balsam.usecase.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.Refusals;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.standard.promotion.PromotionThreshold;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes how far new data have drifted from what a champion was trained on, and trains anew when
 * that is too far.
 */
@Component
public class ReportDrift {

  private static final String PREDICTIONS = "predictions";
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1000);

  private final TrainingRepository trainings;
  private final TrainedModels models;
  private final MethodVersions methods;
  private final ModelRegistry registry;
  private final StartTraining startTraining;
  private final Refusals refusals;
  private final AuditTrail trail;

  ReportDrift(
      TrainingRepository trainings,
      TrainedModels models,
      MethodVersions methods,
      ModelRegistry registry,
      StartTraining startTraining,
      Refusals refusals,
      AuditTrail trail) {
    this.trainings = trainings;
    this.models = models;
    this.methods = methods;
    this.registry = registry;
    this.startTraining = startTraining;
    this.refusals = refusals;
    this.trail = trail;
  }

  /**
   * What was measured.
   *
   * @param period the reference period of the new data
   * @param psi population stability index by feature, or of the {@code predictions}; 0 to 1000
   */
  public record Command(
      ProjectId project, ModelName model, Period period, Map<String, BigDecimal> psi, Actor actor) {
    public Command {
      psi = Map.copyOf(psi);
    }
  }

  /**
   * What follows.
   *
   * @param threshold the index beyond which the model is trained anew: {@code psi-block}
   * @param drifted what is beyond it, in order
   * @param training of the model for the period, started now or before; null when nothing drifted
   */
  public record Result(BigDecimal threshold, List<String> drifted, @Nullable TrainingId training) {
    public Result {
      drifted = List.copyOf(drifted);
    }
  }

  /**
   * Takes it; the same message again starts nothing more.
   *
   * @throws Rejection WRONG_STATE when the model has no champion
   * @throws Invalid for what is not a feature of the model, and for values out of range
   * @throws org.balsam.kernel.Forbidden for roles that do not train
   */
  public Result handle(Command command) {
    command.actor.requireAny(command.project, Role.OWNER, Role.METHODOLOGY, Role.PRODUCTION);
    return refusals.recorded(
        "model.drift.reported", command.project, command.model.value(), () -> take(command));
  }

  private Result take(Command command) {
    var model = models.at(command.project, methods.newest(command.project).commit(), command.model);
    requireMeasures(command.psi, model);
    var champion = registry.alias(command.project, command.model, Alias.CHAMPION);
    if (champion.isEmpty()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "model " + command.model + " has no champion that data could drift away from");
    }
    var threshold = Thresholds.of(model).get(PromotionThreshold.PSI_BLOCK);
    var drifted =
        command.psi.entrySet().stream()
            .filter(measure -> measure.getValue().compareTo(threshold) > 0)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    trail.record(
        AuditEntry.done("model.drift.reported", command.project.value(), command.model.value())
            .with("champion", champion.get().id().value())
            .with("period", command.period.value())
            .with("psi", shown(command.psi))
            .with("threshold", threshold.toPlainString())
            .with("drifted", drifted));
    return new Result(threshold, drifted, drifted.isEmpty() ? null : training(command));
  }

  private TrainingId training(Command command) {
    return before(command)
        .orElseGet(
            () ->
                startTraining
                    .handle(
                        new StartTraining.Command(
                            command.project,
                            command.model,
                            command.period,
                            Map.of(),
                            null,
                            TrainingTrigger.DRIFT,
                            command.actor))
                    .training());
  }

  private Optional<TrainingId> before(Command command) {
    return trainings
        .findFirstByProjectAndModelAndPeriodOrderByRequestedAtDescIdDesc(
            command.project.value(), command.model.value(), command.period.value())
        .map(TrainingEntity::trainingId);
  }

  private static void requireMeasures(Map<String, BigDecimal> psi, ProjectFile.Model model) {
    var known = new TreeSet<>(model.features().keySet());
    known.add(PREDICTIONS);
    if (psi.isEmpty() || !known.containsAll(psi.keySet())) {
      throw invalid(known);
    }
    if (psi.values().stream()
        .anyMatch(value -> value.signum() < 0 || value.compareTo(LARGEST) > 0)) {
      throw invalid(known);
    }
  }

  private static Invalid invalid(Set<String> known) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "/psi",
        "give a value of 0 to 1000 for at least one of: " + String.join(", ", known));
  }

  private static String shown(Map<String, BigDecimal> psi) {
    return new TreeMap<>(psi)
        .entrySet().stream()
            .map(measure -> measure.getKey() + "=" + measure.getValue().toPlainString())
            .collect(Collectors.joining(" "));
  }
}
