package org.balsam.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.balsam.audit.AuditEntry;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.StorageAccess.Granted;
import org.balsam.platform.storage.StorageGrant.Place;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;

class AuditedStorageAccessTest {

  private static final ProjectId PROJECT = new ProjectId("emp-industry");
  private static final StorageGrant GRANT =
      new StorageGrant(
          PROJECT,
          "emp-industry-train-a1b2c3",
          Set.of(new Place(new BucketName("nsi-dev-other-rel"), "a")),
          Set.of(new Place(new BucketName("nsi-dev-emp-industry-out"), "b")),
          Duration.ofMinutes(20));

  private final RecordedAudit audit = new RecordedAudit();

  @Test
  void aKeyIsRecordedByItsNameAndNeverByItsSecret() {
    var granted = new Granted(Map.of("BALSAM_STORAGE_SERVER_SECRETKEY", "hidden"), "KEY1");
    var access = new AuditedStorageAccess(giving(granted, true), audit);
    assertThat(access.grant(GRANT)).isEqualTo(granted);
    assertThat(access.revoke(GRANT)).isTrue();
    assertThat(audit.together())
        .extracting(AuditEntry::action)
        .containsExactly("storage.key.issued", "storage.key.revoked");
    assertThat(audit.together().get(0).project()).isEqualTo("emp-industry");
    assertThat(audit.together().get(0).details())
        .containsEntry("key", "KEY1")
        .containsEntry("holder", GRANT.holder())
        .containsEntry("lifetime", "PT20M");
    assertThat(audit.together().toString() + granted).doesNotContain("hidden");
  }

  @Test
  void whatWasNotMadeAndNotEndedIsNotRecorded() {
    var access = new AuditedStorageAccess(giving(new Granted(Map.of(), null), false), audit);
    access.grant(GRANT);
    assertThat(access.revoke(GRANT)).isFalse();
    assertThat(audit.together()).isEmpty();
  }

  @Test
  void aGrantToWriteIntoAnotherProjectIsAFault() {
    assertThatThrownBy(
            () -> new StorageGrant(PROJECT, "job", Set.of(), GRANT.reads(), Duration.ofMinutes(20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nsi-dev-other-rel");
  }

  private static StorageAccess giving(Granted granted, boolean revokes) {
    return new StorageAccess() {
      @Override
      public Path folder() {
        return Path.of("none");
      }

      @Override
      public Map<String, String> environment() {
        return Map.of();
      }

      @Override
      public Granted grant(StorageGrant grant) {
        return granted;
      }

      @Override
      public boolean revoke(StorageGrant grant) {
        return revokes;
      }
    };
  }
}
