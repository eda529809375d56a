package org.balsam.usecase.dataset;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Texts;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Freezes what a round reads (GSBPM 4.4): for every input that the project file declares, the exact
 * object versions known at the round's time, and nothing later. Names objects, never copies them.
 * Repeating it on unchanged data gives the same versions.
 */
@Component
public class FreezeInputs {

  private static final int NAMED_FILES = 6;
  private static final int LONGEST_SUMMARY = 3900;

  private final DeclaredProject declared;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final Deliveries deliveries;
  private final VersionRegister register;
  private final PinnedModels models;

  FreezeInputs(
      DeclaredProject declared,
      ObjectStore store,
      BucketNames buckets,
      Deliveries deliveries,
      VersionRegister register,
      PinnedModels models) {
    this.declared = declared;
    this.store = store;
    this.buckets = buckets;
    this.deliveries = deliveries;
    this.register = register;
    this.models = models;
  }

  /**
   * @param commit the commit whose {@code balsam.yaml} declares the inputs
   */
  public record Command(RoundId round, String commit) {}

  /**
   * @param inputSet reference of the manifest of all inputs together
   * @param complete whether every required input is there
   * @param changes for the person who confirms: what is missing and what changed against the
   *     previous round
   */
  public record Result(Manifest.Reference inputSet, boolean complete, String changes) {}

  record Frozen(List<Manifest.Entry> entries, List<String> missing, String changes) {}

  /**
   * @throws org.balsam.kernel.Invalid INVALID_PROJECT_FILE when {@code balsam.yaml} is malformed
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var round = command.round();
    var project = round.project();
    var file = declared.at(project, command.commit());
    var frozen = new ArrayList<Frozen>();
    file.inputs().forEach((name, input) -> frozen.add(freeze(round, name, input)));
    file.modelInputs().forEach((name, model) -> frozen.add(models.pin(round, name, model)));

    var all = new Manifest(frozen.stream().flatMap(one -> one.entries.stream()).toList());
    var missing = frozen.stream().flatMap(one -> one.missing.stream()).toList();
    var key = roundInputs(round).prefix(round.period(), round.revision(), 1) + "manifest.csv";
    var reference = all.store(store, buckets.of(project, "prov"), key);
    return new Result(reference, missing.isEmpty(), summary(frozen, missing));
  }

  private Frozen freeze(RoundId round, String name, ProjectFile.Input input) {
    return input.isMonthly() ? freezeMonths(round, name, input) : earlier(round, name, input);
  }

  private Frozen freezeMonths(RoundId round, String name, ProjectFile.Input input) {
    var dataset = input.dataset().of(round.project());
    var own = knownMonths(round, input);
    var found =
        deliveries.newest(
            dataset,
            period -> period.end().compareTo(round.period().start()) <= 0 || own.contains(period));
    var entries = found.stream().map(delivery -> delivery.entry(name, dataset.value())).toList();
    var delivered = found.stream().map(Deliveries.Delivery::period).collect(Collectors.toSet());
    var absent = own.stream().filter(month -> !delivered.contains(month)).toList();
    var missing =
        input.required()
            ? absent.stream()
                .map(month -> name + ": " + dataset + " has no delivery for " + month)
                .toList()
            : List.<String>of();
    var needs = needs(input, own, absent);
    if (entries.isEmpty()) {
      return new Frozen(List.of(), missing, name + ": " + needs + "; nothing delivered");
    }
    var previous = register.earlier(dataset, round.period(), round.revision());
    var version =
        register.freeze(
            dataset, round.period(), round.revision(), entries, Map.of("round", round.value()));
    return new Frozen(
        labelled(name, version, new Manifest(entries)),
        missing,
        name
            + " "
            + version.id().label()
            + ": "
            + needs
            + "; "
            + compare(previous, new Manifest(entries)));
  }

  private static String needs(ProjectFile.Input input, List<Period> own, List<Period> absent) {
    if (own.isEmpty()) {
      return "this release needs no month of its own period";
    }
    var verb = input.required() ? "needs " : "may have ";
    var some = absent.isEmpty() ? "" : " (" + words(absent) + ")";
    return "this release " + verb + words(own) + ", " + absent.size() + " missing" + some;
  }

  private static String words(List<Period> months) {
    return String.join(", ", months.stream().map(Period::value).toList());
  }

  private Frozen earlier(RoundId round, String name, ProjectFile.Input input) {
    var dataset = input.dataset().of(round.project());
    var which = Objects.requireNonNull(input.of());
    var version = earlierRelease(round, dataset, which);
    if (version.isEmpty()) {
      var nothing = name + ": " + missing(round, dataset, which);
      return new Frozen(List.of(), input.required() ? List.of(nothing) : List.of(), nothing);
    }
    var entries = labelled(name, version.get(), register.manifest(version.get()));
    return new Frozen(entries, List.of(), name + ": " + version.get().id());
  }

  private static String missing(RoundId round, DatasetId dataset, ProjectFile.Earlier which) {
    return switch (which) {
      case PREVIOUS_PERIOD ->
          "no release of %s for %s".formatted(dataset, round.period().previous());
      case PREVIOUS_REVISION ->
          round.revision() == 0
              ? "nothing, since this is the first release of %s for %s"
                  .formatted(dataset, round.period())
              : "no earlier revision of %s for %s".formatted(dataset, round.period());
    };
  }

  private Optional<DatasetVersion> earlierRelease(
      RoundId round, DatasetId dataset, ProjectFile.Earlier which) {
    return switch (which) {
      case PREVIOUS_PERIOD -> register.newest(dataset, round.period().previous());
      case PREVIOUS_REVISION -> previousRevision(round, dataset);
    };
  }

  /** Revisions that were cancelled have no release. */
  private Optional<DatasetVersion> previousRevision(RoundId round, DatasetId dataset) {
    return IntStream.iterate(round.revision() - 1, revision -> revision >= 0, next -> next - 1)
        .mapToObj(revision -> register.newest(dataset, round.period(), revision))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private String compare(Optional<DatasetVersion> previous, Manifest now) {
    return previous
        .map(
            version ->
                DatasetDiff.between(register.manifest(version), now).summary(NAMED_FILES)
                    + "; compared with what "
                    + round(version.id())
                    + " froze ("
                    + version.id().label()
                    + ")")
        .orElse(Texts.count(now.entries().size(), "file") + ", the first version of this dataset");
  }

  private static String round(DatasetVersionId version) {
    var release = version.revision() == 0 ? "the first release" : "revision " + version.revision();
    return release + " of " + version.period().sdmx();
  }

  /** The months that the project file declares to be known at this release, in their order. */
  private static List<Period> knownMonths(RoundId round, ProjectFile.Input input) {
    var first = YearMonth.from(round.period().start());
    return IntStream.range(0, input.knownMonths(round.revision()))
        .mapToObj(first::plusMonths)
        .map(Period::month)
        .toList();
  }

  static List<Manifest.Entry> labelled(String name, DatasetVersion version, Manifest manifest) {
    return labelled(name, version.id().value(), manifest);
  }

  static List<Manifest.Entry> labelled(String name, String version, Manifest manifest) {
    return manifest.entries().stream()
        .map(
            entry ->
                new Manifest.Entry(
                    name,
                    version,
                    entry.bucket(),
                    entry.key(),
                    entry.versionId(),
                    entry.size(),
                    entry.sha256(),
                    entry.rows(),
                    entry.lastModified()))
        .toList();
  }

  private static DatasetId roundInputs(RoundId round) {
    return new DatasetId(round.project(), Layer.RAW, "round_inputs");
  }

  private static String summary(List<Frozen> frozen, List<String> missing) {
    var lines = new ArrayList<String>();
    missing.forEach(line -> lines.add("MISSING " + line));
    frozen.forEach(one -> lines.add(one.changes));
    var text = String.join("\n", lines);
    return text.length() <= LONGEST_SUMMARY ? text : text.substring(0, LONGEST_SUMMARY) + "…";
  }
}
