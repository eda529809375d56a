package org.balsam.usecase.dataset;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;

/** Finds the models whose inputs a delivery completed for a reference period. */
@Component
public class FindDueTrainings {

  private final Forge forge;
  private final MethodVersions methods;
  private final ProjectFiles files;
  private final Deliveries deliveries;
  private final AuditTrail trail;

  FindDueTrainings(
      Forge forge,
      MethodVersions methods,
      ProjectFiles files,
      Deliveries deliveries,
      AuditTrail trail) {
    this.forge = forge;
    this.methods = methods;
    this.files = files;
    this.deliveries = deliveries;
    this.trail = trail;
  }

  /** What was delivered. */
  public record Command(DatasetId dataset, Period period) {}

  /** A model that asks to be trained by arriving data, and the period that is complete now. */
  public record Due(ModelName model, Period period) {}

  /** The trainings that may start. */
  public record Result(List<Due> due) {
    public Result {
      due = List.copyOf(due);
    }
  }

  /** Finds them; nothing is due in a project whose file cannot be read, and that is recorded. */
  public Result handle(Command command) {
    return new Result(
        declared(command.dataset)
            .map(file -> models(file, command).map(model -> due(model, file, command)).toList())
            .orElse(List.of())
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  private Optional<ProjectFile> declared(DatasetId dataset) {
    var project = dataset.project();
    if (forge.resolve(project, "main").isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(files.at(project, methods.newest(project).commit()));
    } catch (Invalid malformed) {
      trail.record(
          AuditEntry.refused(
              "training.requested", project.value(), dataset.value(), malformed.getMessage()));
      return Optional.empty();
    }
  }

  private static Stream<ProjectFile.Model> models(ProjectFile file, Command command) {
    return file.models().values().stream()
        .filter(ProjectFile.Model::retrainOnData)
        .filter(
            model -> raw(model, file, command.dataset.project()).anyMatch(command.dataset::equals));
  }

  private Optional<Due> due(ProjectFile.Model model, ProjectFile file, Command command) {
    var period = Period.of(file.product().frequency(), command.period.end().minusDays(1));
    return raw(model, file, command.dataset.project())
            .allMatch(dataset -> isComplete(dataset, period))
        ? Optional.of(new Due(new ModelName(model.name()), period))
        : Optional.empty();
  }

  private static Stream<DatasetId> raw(
      ProjectFile.Model model, ProjectFile file, ProjectId project) {
    return model.inputs().stream()
        .map(file.inputs()::get)
        .filter(ProjectFile.Input::isMonthly)
        .map(input -> input.dataset().of(project));
  }

  /** Whether every month of the period lies within the period of a delivery. */
  private boolean isComplete(DatasetId dataset, Period period) {
    var delivered =
        deliveries.newest(dataset, any -> true).stream().map(Deliveries.Delivery::period).toList();
    return Stream.iterate(
            YearMonth.from(period.start()),
            month -> month.atDay(1).isBefore(period.end()),
            month -> month.plusMonths(1))
        .allMatch(
            month ->
                delivered.stream()
                    .anyMatch(
                        part ->
                            !part.start().isAfter(month.atDay(1))
                                && !part.end().isBefore(month.plusMonths(1).atDay(1))));
  }
}
