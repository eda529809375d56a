package org.balsam.usecase.dataset;

import java.util.List;
import java.util.stream.Stream;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists exactly the objects of the dataset versions that an exploration may read. Whoever asks has
 * checked that the person may read them.
 */
@Component
public class GrantDatasets {

  private final DatasetVersionRepository versions;
  private final VersionRegister register;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final AuditTrail trail;

  GrantDatasets(
      DatasetVersionRepository versions,
      VersionRegister register,
      ObjectStore store,
      BucketNames buckets,
      AuditTrail trail) {
    this.versions = versions;
    this.register = register;
    this.store = store;
    this.buckets = buckets;
    this.trail = trail;
  }

  /** What to grant to which exploration. */
  public record Command(ExplorationId exploration, List<DatasetVersionId> datasets) {}

  /** The reference of the manifest of the granted objects. */
  public record Result(String grantSet) {}

  /**
   * Grants them; repeating it gives the same.
   *
   * @throws Rejection INPUTS_MISSING for a version that does not exist
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var entries = command.datasets.stream().flatMap(this::entries).toList();
    var project = command.exploration.project();
    var reference =
        new Manifest(entries)
            .store(store, buckets.of(project, "prov"), "lab/" + command.exploration + "/grant.csv");
    trail.record(
        AuditEntry.done("dataset.granted", project.value(), command.exploration.value())
            .with("versions", command.datasets.stream().map(DatasetVersionId::value).toList())
            .with("manifest", reference.toString()));
    return new Result(reference.toString());
  }

  private Stream<Manifest.Entry> entries(DatasetVersionId id) {
    var version =
        versions
            .findById(id.value())
            .map(DatasetVersionEntity::view)
            .orElseThrow(
                () ->
                    new Rejection(
                        ErrorCode.INPUTS_MISSING, "there is no dataset version '" + id + "'"));
    return register.manifest(version).entries().stream()
        .map(
            entry ->
                new Manifest.Entry(
                    id.dataset() + "/" + id.label(),
                    id.value(),
                    entry.bucket(),
                    entry.key(),
                    entry.versionId(),
                    entry.size(),
                    entry.sha256(),
                    entry.rows(),
                    entry.lastModified()));
  }
}
