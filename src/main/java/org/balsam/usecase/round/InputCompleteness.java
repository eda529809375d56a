package org.balsam.usecase.round;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Period;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.step.StepInputs;
import org.balsam.standard.template.ProjectFile;

/** Tells whether frozen inputs hold everything that the project file requires. */
final class InputCompleteness {

  private InputCompleteness() {}

  /**
   * Demands completeness.
   *
   * @throws Rejection INPUTS_MISSING naming what is not there
   */
  static void require(ProjectFile file, RoundId round, Manifest inputs) {
    var missing = missing(file, round, inputs);
    if (!missing.isEmpty()) {
      throw new Rejection(
          ErrorCode.INPUTS_MISSING,
          "inputs of round %s are missing: %s; deliver them and wait for data, or cancel the round"
              .formatted(round, String.join("; ", missing)));
    }
  }

  /** What is not there, for people; empty when the inputs are complete. */
  static List<String> missing(ProjectFile file, RoundId round, Manifest inputs) {
    var missing = new ArrayList<String>();
    file.inputs()
        .forEach(
            (name, input) -> {
              if (input.required()) {
                missing.addAll(missing(name, input, round, inputs.of(name)));
              }
            });
    file.modelInputs()
        .forEach(
            (name, model) -> {
              if (!isPinned(inputs.of(name), model)) {
                missing.add(
                    "input "
                        + name
                        + " ("
                        + model
                        + ") is not what was frozen, or was not the champion of its model");
              }
            });
    return missing;
  }

  /** A correction of {@code balsam.yaml} does not change what was frozen before it. */
  private static boolean isPinned(List<Manifest.Entry> entries, ModelVersionId model) {
    return !entries.isEmpty()
        && entries.stream().allMatch(entry -> entry.datasetVersion().equals(model.value()));
  }

  private static List<String> missing(
      String name, ProjectFile.Input input, RoundId round, List<Manifest.Entry> entries) {
    if (!input.isMonthly()) {
      return entries.isEmpty()
          ? List.of("input " + name + " (" + input.dataset() + ") has " + earlier(input, round))
          : List.of();
    }
    var delivered = entries.stream().map(StepInputs::period).toList();
    var first = YearMonth.from(round.period().start());
    return IntStream.range(0, input.knownMonths(round.revision()))
        .mapToObj(first::plusMonths)
        .map(Period::month)
        .filter(month -> !delivered.contains(month))
        .map(month -> "input " + name + " (" + input.dataset() + ") has no delivery for " + month)
        .toList();
  }

  private static String earlier(ProjectFile.Input input, RoundId round) {
    return input.of() == ProjectFile.Earlier.PREVIOUS_REVISION
        ? "no earlier revision for " + round.period()
        : "no release for " + round.period().previous();
  }
}
