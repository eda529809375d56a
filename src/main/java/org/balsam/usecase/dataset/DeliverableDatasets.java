package org.balsam.usecase.dataset;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.Actor;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a project takes deliveries of, and what has been delivered to it so far. */
@Component
public class DeliverableDatasets {

  private final MethodVersions methods;
  private final DeclaredProject declared;
  private final Deliveries deliveries;

  DeliverableDatasets(MethodVersions methods, DeclaredProject declared, Deliveries deliveries) {
    this.methods = methods;
    this.declared = declared;
    this.deliveries = deliveries;
  }

  /**
   * A raw dataset that the project reads.
   *
   * @param dataset layer and name, {@code raw/ces}
   * @param inputs names of the inputs that read it, by name
   * @param required whether one of them is
   * @param frequency the length of the periods that it is delivered for; null where the project has
   *     no rounds, which ask for months
   * @param delivered the newest period first
   */
  public record DeliverableDataset(
      String dataset,
      List<String> inputs,
      boolean required,
      Period.@Nullable Frequency frequency,
      List<DeliveredFile> delivered) {}

  /**
   * A file that counts: the newest of its name and period.
   *
   * @param rows −1 where they were not counted
   */
  public record DeliveredFile(
      Period period, String file, int revision, String versionId, long rows, Instant deliveredAt) {

    private static DeliveredFile of(Deliveries.Delivery delivery) {
      var entry = delivery.entry("", "");
      return new DeliveredFile(
          delivery.period(),
          delivery.file(),
          delivery.revision(),
          entry.versionId(),
          entry.rows(),
          entry.lastModified());
    }
  }

  /**
   * The datasets that the method declares which work starting now would follow, by name.
   *
   * @throws NotFound when the actor is no member
   * @throws Rejection WRONG_STATE when the project is not active; INVALID_PROJECT_FILE when it has
   *     no {@code balsam.yaml}
   */
  public List<DeliverableDataset> of(ProjectId project, Actor actor) {
    actor.requireMemberOf(project);
    var file = declared.at(project, methods.newest(project).commit());
    var readers = new TreeMap<String, Map<String, ProjectFile.Input>>();
    file.inputs()
        .forEach(
            (name, input) -> {
              if (input.isMonthly() && input.dataset().layer() == Layer.RAW) {
                readers
                    .computeIfAbsent(input.dataset().value(), of -> new TreeMap<>())
                    .put(name, input);
              }
            });
    var frequency = file.hasRounds() ? Period.Frequency.MONTH : null;
    return readers.values().stream().map(by -> dataset(project, frequency, by)).toList();
  }

  private DeliverableDataset dataset(
      ProjectId project,
      Period.@Nullable Frequency frequency,
      Map<String, ProjectFile.Input> readers) {
    var inputs = readers.values();
    var ref = inputs.iterator().next().dataset();
    return new DeliverableDataset(
        ref.value(),
        List.copyOf(readers.keySet()),
        inputs.stream().anyMatch(ProjectFile.Input::required),
        frequency,
        delivered(ref.of(project)));
  }

  private List<DeliveredFile> delivered(DatasetId dataset) {
    return deliveries.newest(dataset, period -> true).stream()
        .map(DeliveredFile::of)
        .sorted(
            Comparator.<DeliveredFile, Period>comparing(
                    DeliveredFile::period, Comparator.comparing(Period::end))
                .reversed()
                .thenComparing(DeliveredFile::file))
        .toList();
  }
}
