package org.balsam.usecase.dataset;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.standard.template.DatasetRef;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes a round's approved outputs (GSBPM 7.1): copies them byte for byte into the project's
 * released bucket, forbids their deletion for the retention time, and registers the released
 * dataset versions. Repeating it changes nothing.
 */
@Component
public class ReleaseDataset {

  private final DeclaredProject declared;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final VersionRegister register;
  private final ReleaseProperties properties;
  private final Clock clock;

  ReleaseDataset(
      DeclaredProject declared,
      ObjectStore store,
      BucketNames buckets,
      VersionRegister register,
      ReleaseProperties properties,
      Clock clock) {
    this.declared = declared;
    this.store = store;
    this.buckets = buckets;
    this.register = register;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * @param commit the commit whose {@code balsam.yaml} says what is released
   * @param outputs the manifest that the approval was bound to
   */
  public record Command(RoundId round, String commit, Manifest.Reference outputs) {}

  /**
   * @param releaseSet reference of the manifest of all released objects
   */
  public record Result(Manifest.Reference releaseSet) {}

  /**
   * @throws Rejection DATA_CHANGED when an output's bytes are not the approved ones; nothing is
   *     released then. OUTPUT_MISSING when the outputs lack a dataset of the release list.
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var round = command.round();
    var outputs = Manifest.read(store, command.outputs());
    var selected = select(command, outputs);
    selected.values().stream()
        .flatMap(List::stream)
        .forEach(
            entry ->
                new VerifiedContent(
                        entry.bucket(),
                        entry.key(),
                        entry.versionId(),
                        entry.size(),
                        entry.sha256())
                    .verify(store));
    var released = new ArrayList<Manifest.Entry>();
    selected.forEach((dataset, entries) -> released.addAll(release(round, dataset, entries)));
    var key =
        new DatasetId(round.project(), Layer.REL, "round_release")
                .prefix(round.period(), round.revision(), 1)
            + "manifest.csv";
    var reference = new Manifest(released).store(store, buckets.of(round.project(), "prov"), key);
    return new Result(reference);
  }

  private Map<DatasetRef, List<Manifest.Entry>> select(Command command, Manifest outputs) {
    var selected = new LinkedHashMap<DatasetRef, List<Manifest.Entry>>();
    for (var dataset : declared.at(command.round().project(), command.commit()).release()) {
      var entries = outputs.of(dataset.value());
      if (entries.isEmpty()) {
        throw new Rejection(
            ErrorCode.OUTPUT_MISSING,
            "the round wrote nothing to " + dataset + ", which balsam.yaml wants released");
      }
      selected.put(dataset, entries);
    }
    return selected;
  }

  private List<Manifest.Entry> release(
      RoundId round, DatasetRef output, List<Manifest.Entry> entries) {
    var dataset = ProjectFile.released(output).of(round.project());
    var bucket = buckets.of(round.project(), Layer.REL.bucketKind());
    var copies = entries.stream().map(entry -> copy(round, dataset, bucket, entry)).toList();
    var version =
        register.freeze(
            dataset, round.period(), round.revision(), copies, Map.of("round", round.value()));
    return copies.stream().map(copy -> relabel(copy, version)).toList();
  }

  private Manifest.Entry copy(
      RoundId round, DatasetId dataset, BucketName bucket, Manifest.Entry entry) {
    var key = dataset.prefix(round.period(), round.revision(), 1) + entry.fileName();
    var copied = store.copy(entry.bucket(), entry.key(), entry.versionId(), bucket, key);
    if (copied.retainUntil() == null) {
      var until = OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)).plus(properties.retention());
      store.retain(bucket, key, copied.versionId(), until.toInstant());
    }
    return new Manifest.Entry(
        dataset.name(),
        dataset.value(),
        bucket,
        key,
        copied.versionId(),
        copied.size(),
        copied.sha256(),
        entry.rows(),
        copied.lastModified());
  }

  private static Manifest.Entry relabel(Manifest.Entry entry, DatasetVersion version) {
    return new Manifest.Entry(
        entry.input(),
        version.id().value(),
        entry.bucket(),
        entry.key(),
        entry.versionId(),
        entry.size(),
        entry.sha256(),
        entry.rows(),
        entry.lastModified());
  }
}
