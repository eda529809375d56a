package org.balsam.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedObjectStoreTest extends ObjectStoreContract {

  @TempDir Path folder;

  private final RecordedAudit audit = new RecordedAudit();

  @Override
  protected ObjectStore client(StorageRoom room) {
    return new AuditedObjectStore(
        new FilesystemObjectStore(folder, Clock.systemUTC(), room), audit);
  }

  @Test
  void everyEffectIsRecordedWithItsProject() {
    var object = put("a", "one");
    store.retain(RAW, "a", object.versionId(), Instant.EPOCH);
    store.hold(RAW, "a", object.versionId(), true);
    store.tag(RAW, "a", object.versionId(), Map.of("round", "r0"));
    store.download(RAW, "a", object.versionId());
    store.copy(RAW, "a", object.versionId(), RAW, "b");
    store.delete(RAW, "b");
    assertThat(audit.together())
        .extracting(AuditEntry::action)
        .containsExactly(
            "bucket.created",
            "object.stored",
            "object.retained",
            "object.held",
            "object.tagged",
            "object.download-issued",
            "object.copied",
            "object.deleted");
    assertThat(audit.together())
        .allMatch(entry -> "emp-industry".equals(entry.project()))
        .allMatch(entry -> entry.outcome() == Outcome.DONE);
    assertThat(audit.together().get(1).details())
        .containsEntry("bucket", RAW.value())
        .containsEntry("key", "a")
        .containsEntry("version", object.versionId())
        .containsEntry("sha256", object.sha256().value())
        .containsEntry("size", 3L);
    assertThat(audit.separately()).isEmpty();
  }

  @Test
  void refusalsAndFailuresAreRecordedSeparately() throws IOException {
    var object = put("a", "one");
    store.hold(RAW, "a", object.versionId(), true);
    assertRejected(ErrorCode.OBJECT_LOCKED, () -> store.destroy(RAW, "a", object.versionId()));
    Files.delete(folder.resolve(".tmp"));
    assertThatThrownBy(() -> put("b", "two")).isInstanceOf(ExternalFailure.class);
    assertThatThrownBy(() -> put("../b", "two")).isInstanceOf(Invalid.class);
    assertThat(audit.separately())
        .extracting(AuditEntry::action, AuditEntry::outcome)
        .containsExactly(
            tuple("object.destroyed", Outcome.REFUSED), tuple("object.stored", Outcome.FAILED));
    assertThat(audit.separately().get(0).details()).containsEntry("code", "object-locked");
    assertThat(audit.together()).hasSize(3);
  }

  @Test
  void aProjectsBucketsAreNamedAfterTheInstallation() {
    var names = new BucketNames(new Installation("nsi", "prd"));
    assertThat(names.of(new ProjectId("lfs"), "raw")).isEqualTo(new BucketName("nsi-prd-lfs-raw"));
    assertThatThrownBy(() -> names.of(new ProjectId("lfs"), "secret")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new Installation("nsi", "production"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("balsam.environment")
        .hasMessageContaining("prd, tst, dev, lab");
  }
}
