package org.balsam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.ComponentScan;

@SpringBootTest(classes = AuditedApprovalsTest.Slice.class, webEnvironment = WebEnvironment.NONE)
class AuditedApprovalsTest {

  @ImportAutoConfiguration({
    FlywayAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class
  })
  @ComponentScan({"org.balsam.audit", "org.balsam.kernel", "org.balsam.platform.database"})
  @ConfigurationPropertiesScan({
    "org.balsam.kernel",
    "org.balsam.audit",
    "org.balsam.platform.database"
  })
  static class Slice {}

  private static final RoundId ROUND = RoundId.parse("lfs-2026-q3-r0");
  private static final String REVIEW = "userTask_reviewResults";

  @Autowired ApprovalTrail approvals;
  @Autowired AuditTrail trail;

  @Test
  void findsTheNewestCompletionThatWasNotRefusedAndProvesIt() {
    var before = Instant.now().minusSeconds(1);
    complete("quinn", AuditEntry.Outcome.DONE, ROUND);
    complete("quentin", AuditEntry.Outcome.DONE, ROUND);
    complete("olga", AuditEntry.Outcome.REFUSED, ROUND);
    complete("other", AuditEntry.Outcome.DONE, RoundId.parse("lfs-2026-q3-r1"));

    var newest = approvals.newest(ROUND.project(), ROUND.value(), REVIEW, before).orElseThrow();

    assertThat(newest.actor()).isEqualTo("quentin");
    approvals.requireInclusion(newest.id());
    assertThat(
            approvals.newest(ROUND.project(), ROUND.value(), REVIEW, Instant.now().plusSeconds(60)))
        .isEmpty();
    assertThat(approvals.newest(ROUND.project(), ROUND.value(), "userTask_approveRelease", before))
        .isEmpty();
  }

  @Test
  void refusesAnEventThatIsNotInTheTree() {
    assertThatThrownBy(() -> approvals.requireInclusion("01890a5d-ac96-774b-bcce-b302099a8057"))
        .isInstanceOfSatisfying(
            ExternalFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.NOT_SEALED);
              assertThat(failure.retryable()).isTrue();
            });
  }

  @Test
  void exportsABundle() throws IOException {
    var id = complete("quinn", AuditEntry.Outcome.DONE, ROUND);
    approvals.requireInclusion(id);
    var bundle = new ByteArrayOutputStream();
    approvals.export(new ProjectId("lfs"), bundle);
    assertThat(bundle.toByteArray()).startsWith('P', 'K');
  }

  private String complete(String person, AuditEntry.Outcome outcome, RoundId round) {
    var actor = Actor.user(person, Set.of("lfs/quality"));
    var context = new CallContext(actor, "lfs", round.value(), "instance", REVIEW, null, null);
    return context.call(
        () ->
            trail.recordSeparately(
                AuditEntry.done("task.completed", null, null)
                    .with("decision", "approve")
                    .outcome(outcome)));
  }
}
