package org.balsam.platform.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.kernel.ErrorCode;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.Test;

class AuditedForgeTest extends ForgeContract {

  private final RecordedAudit audit = new RecordedAudit();

  @Override
  protected Forge client() {
    return new AuditedForge(new LocalForge(temporary.resolve("git"), Clock.systemUTC()), audit);
  }

  @Test
  void effectsAndRefusalsAreRecorded() {
    forge.ensureBranch(PROJECT, "work/a", "main");
    var tip = forge.commit(PROJECT, "work/a", change("b", "1"));
    forge.ensureTag(PROJECT, "rel/2026-q3-r0", tip, "Released", OLA);
    assertRejected(ErrorCode.REF_PROTECTED, () -> forge.commit(PROJECT, "main", change("b", "1")));
    forge.removeRepository(PROJECT);
    assertThat(audit.together())
        .extracting(AuditEntry::action)
        .containsExactly(
            "repository.created",
            "branch.created",
            "branch.committed",
            "tag.created",
            "repository.removed");
    assertThat(audit.together()).allMatch(entry -> "emp-industry".equals(entry.project()));
    assertThat(audit.together().get(2).details())
        .containsEntry("commit", tip)
        .containsEntry("files", java.util.List.of("b"));
    assertThat(audit.separately()).hasSize(1);
    assertThat(audit.separately().get(0).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(audit.separately().get(0).details()).containsEntry("code", "ref-protected");
  }
}
