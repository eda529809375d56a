package org.balsam.usecase.dataset;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.Period;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Turns lists of objects into immutable versions; the same list twice is the same version. */
@Component
class VersionRegister {

  private final DatasetVersionRepository versions;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final AuditTrail audit;
  private final VersionTags tags;
  private final Clock clock;

  VersionRegister(
      DatasetVersionRepository versions,
      ObjectStore store,
      BucketNames buckets,
      AuditTrail audit,
      VersionTags tags,
      Clock clock) {
    this.versions = versions;
    this.store = store;
    this.buckets = buckets;
    this.audit = audit;
    this.tags = tags;
    this.clock = clock;
  }

  /**
   * The version of {@code dataset} that consists of exactly {@code entries}; made if it is new.
   *
   * @param origin the {@code round} or {@code training} that freezes it, by that word, if one does
   */
  DatasetVersion freeze(
      DatasetId dataset,
      Period period,
      int revision,
      List<Manifest.Entry> entries,
      Map<String, String> origin) {
    var manifest = new Manifest(entries);
    var newest =
        versions.findFirstByDatasetAndPeriodAndRevisionOrderByBuildDesc(
            dataset.value(), period.value(), revision);
    var latest = newest.map(DatasetVersionEntity::view);
    if (latest.isPresent() && latest.get().manifest().sha256().equals(manifest.sha256())) {
      return latest.get();
    }
    var build = latest.map(version -> version.id().build() + 1).orElse(1);
    var id = new DatasetVersionId(dataset, period, revision, build);
    var before = latest.or(() -> earlier(dataset, period, revision)).map(this::manifest);
    tags.tag(id, manifest, before, origin);
    return register(id, manifest);
  }

  private DatasetVersion register(DatasetVersionId id, Manifest manifest) {
    var dataset = id.dataset();
    var key = dataset.prefix(id.period(), id.revision(), id.build()) + "manifest.csv";
    var reference = manifest.store(store, buckets.of(dataset.project(), "prov"), key);
    var by = CallContext.current().actor().id();
    var entity = new DatasetVersionEntity(id, manifest, reference, clock.instant(), by);
    versions.save(entity);
    audit.record(
        AuditEntry.done("dataset.frozen", dataset.project().value(), id.value())
            .with("manifest", reference.toString())
            .with("objects", (long) manifest.entries().size())
            .with("bytes", manifest.bytes()));
    return entity.view();
  }

  /** The newest version that belongs to an earlier round than this one. */
  Optional<DatasetVersion> earlier(DatasetId dataset, Period period, int revision) {
    return versions.findEarlier(dataset.value(), period.start(), revision, Limit.of(1)).stream()
        .findFirst()
        .map(DatasetVersionEntity::view);
  }

  /** The newest build of one period and revision. */
  Optional<DatasetVersion> newest(DatasetId dataset, Period period, int revision) {
    return versions
        .findFirstByDatasetAndPeriodAndRevisionOrderByBuildDesc(
            dataset.value(), period.value(), revision)
        .map(DatasetVersionEntity::view);
  }

  /** The newest revision of one period. */
  Optional<DatasetVersion> newest(DatasetId dataset, Period period) {
    return versions
        .findFirstByDatasetAndPeriodOrderByRevisionDescBuildDesc(dataset.value(), period.value())
        .map(DatasetVersionEntity::view);
  }

  Manifest manifest(DatasetVersion version) {
    return Manifest.read(store, version.manifest());
  }
}
