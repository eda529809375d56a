package org.balsam.usecase.dataset;

import java.io.InputStream;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.storage.DownloadAddress;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads datasets: their versions, manifests, differences and bytes. For members only. */
@Component
@Transactional(readOnly = true)
public class DatasetCatalogue {

  private final DatasetVersionRepository versions;
  private final ObjectStore store;
  private final AuditTrail audit;

  DatasetCatalogue(DatasetVersionRepository versions, ObjectStore store, AuditTrail audit) {
    this.versions = versions;
    this.store = store;
    this.audit = audit;
  }

  /** The project's datasets that have a frozen version, by id. */
  public Page<DatasetSummary> datasets(
      ProjectId project, int limit, @Nullable String cursor, Actor actor) {
    actor.requireMemberOf(project);
    var rows =
        versions.datasets(
            project.value(), cursor == null ? "" : cursor, Limit.of(Page.limit(limit) + 1));
    return Page.of(rows, limit, DatasetSummary::id);
  }

  /** The versions of a dataset, by id, descending. */
  public Page<DatasetVersion> versions(
      DatasetId dataset, int limit, @Nullable String cursor, Actor actor) {
    actor.requireMemberOf(dataset.project());
    var rows =
        versions.page(
            dataset.value(), cursor == null ? "" : cursor, Limit.of(Page.limit(limit) + 1));
    return Page.of(rows, limit, DatasetVersionEntity::getId).map(DatasetVersionEntity::view);
  }

  /** One version. */
  public DatasetVersion version(DatasetVersionId id, Actor actor) {
    actor.requireMemberOf(id.dataset().project());
    return versions
        .findById(id.value())
        .map(DatasetVersionEntity::view)
        .orElseThrow(() -> new NotFound("there is no dataset version '" + id + "'"));
  }

  /** The objects of a version. */
  public Manifest manifest(DatasetVersionId id, Actor actor) {
    return Manifest.read(store, version(id, actor).manifest());
  }

  /** What differs from {@code before} to {@code after}, which must be versions of one dataset. */
  public DatasetDiff diff(DatasetVersionId before, DatasetVersionId after, Actor actor) {
    if (!before.dataset().equals(after.dataset())) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "versions",
          before + " and " + after + " are of different datasets");
    }
    return DatasetDiff.between(manifest(before, actor), manifest(after, actor));
  }

  /**
   * The bytes of one file of a version, verified while they are read; the caller closes the stream.
   * Reading results that are not released yet is audited.
   *
   * @param file the file's name in the manifest
   * @param key the whole key, for one of several files with this name; null where there is one
   * @throws Invalid when there are several and none is named
   */
  @Transactional
  public InputStream open(DatasetVersionId id, String file, @Nullable String key, Actor actor) {
    var entry = entry(id, file, key, actor);
    audit.record(
        AuditEntry.done("dataset.read", id.dataset().project().value(), id.value())
            .with("file", file)
            .with("key", entry.key()));
    return new VerifiedContent(
            entry.bucket(), entry.key(), entry.versionId(), entry.size(), entry.sha256())
        .open(store);
  }

  /**
   * Where one file of a version is fetched past Balsam, for the next minutes and by whoever has the
   * address; empty where storage has no such addresses. Audited like reading.
   *
   * @param file the file's name in the manifest
   * @param key the whole key, for one of several files with this name; null where there is one
   * @throws Invalid when there are several and none is named
   */
  @Transactional
  public Download download(DatasetVersionId id, String file, @Nullable String key, Actor actor) {
    var entry = entry(id, file, key, actor);
    var address = store.download(entry.bucket(), entry.key(), entry.versionId());
    audit.record(
        AuditEntry.done("dataset.read", id.dataset().project().value(), id.value())
            .with("file", file)
            .with("key", entry.key())
            .with("past", address.isPresent()));
    return new Download(entry, address);
  }

  /** A file, and where it is fetched past Balsam. */
  public record Download(Manifest.Entry file, Optional<DownloadAddress> address) {}

  private Manifest.Entry entry(
      DatasetVersionId id, String file, @Nullable String key, Actor actor) {
    var named =
        manifest(id, actor).entries().stream()
            .filter(candidate -> candidate.fileName().equals(file))
            .filter(candidate -> key == null || candidate.key().equals(key))
            .toList();
    if (named.isEmpty()) {
      throw new NotFound("there is no file '%s' in %s".formatted(key == null ? file : key, id));
    }
    if (named.size() > 1) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "key",
          "%s has %d files with the name '%s'; name one by its whole key, for example %s"
              .formatted(id, named.size(), file, named.get(0).key()));
    }
    return named.get(0);
  }

  /**
   * Makes the objects of a version the newest ones again. The versions in between stay readable.
   * Repeating it changes nothing.
   */
  @Transactional
  public void restore(DatasetVersionId id, Actor actor) {
    actor.requireAny(id.dataset().project(), Role.OWNER, Role.STEWARD);
    for (var entry : manifest(id, actor).entries()) {
      store.copy(entry.bucket(), entry.key(), entry.versionId(), entry.bucket(), entry.key());
    }
    audit.record(AuditEntry.done("dataset.restored", id.dataset().project().value(), id.value()));
  }
}
