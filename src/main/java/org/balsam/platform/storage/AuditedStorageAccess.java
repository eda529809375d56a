package org.balsam.platform.storage;

import java.nio.file.Path;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;

/**
 * Access whose every key is recorded, by its name and never by its secret. Keys that could not be
 * made are not: who wants one asks again and again.
 */
final class AuditedStorageAccess implements StorageAccess {

  private final StorageAccess access;
  private final AuditTrail trail;

  AuditedStorageAccess(StorageAccess access, AuditTrail trail) {
    this.access = access;
    this.trail = trail;
  }

  @Override
  public Path folder() {
    return access.folder();
  }

  @Override
  public Map<String, String> environment() {
    return access.environment();
  }

  @Override
  public Granted grant(StorageGrant grant) {
    var granted = access.grant(grant);
    if (granted.key() != null) {
      trail.record(
          entry("storage.key.issued", grant)
              .with("key", granted.key())
              .with("reads", (long) grant.reads().size())
              .with("writes", (long) grant.writes().size())
              .with("lifetime", grant.lifetime().toString()));
    }
    return granted;
  }

  @Override
  public boolean revoke(StorageGrant grant) {
    var revoked = access.revoke(grant);
    if (revoked) {
      trail.record(entry("storage.key.revoked", grant));
    }
    return revoked;
  }

  private static AuditEntry entry(String action, StorageGrant grant) {
    return AuditEntry.done(action, grant.project().value(), null).with("holder", grant.holder());
  }

  @Override
  public String toString() {
    return "Audited" + access;
  }
}
