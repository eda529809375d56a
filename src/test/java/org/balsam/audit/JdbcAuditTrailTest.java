package org.balsam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Invalid;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class JdbcAuditTrailTest {

  @TempDir Path home;
  AuditFixture fixture;
  AuditFixture.Node node;

  @BeforeEach
  void start() {
    fixture = new AuditFixture(home);
    node = fixture.node("one");
  }

  @AfterEach
  void stop() {
    node.close();
    fixture.close();
  }

  @Test
  void keepsWhoWhatWhereAndWhy() throws Exception {
    var context =
        new CallContext(
            Actor.user("anna", Set.of("lfs/owner", "lfs/auditor")),
            "lfs",
            "lfs-2026-q3-r0",
            "instance",
            "userTask_reviewResults",
            "request",
            "10.0.0.1");
    var entry =
        AuditEntry.done("task.completed", null, null)
            .with("decision", "approve")
            .with("rows", 12L)
            .with("list", List.of("b", Map.of("x", true)))
            .because("Se\u0301rie \ud800 stable\0");
    var id = context.call(() -> node.trail.record(entry));
    node.sealer.seal();

    var recorded = fixture.log().event(id);
    var event = recorded.event();
    assertThat(recorded.reason()).isEqualTo("S\u00e9rie \ufffd stable\ufffd");
    assertThat(recorded.index()).isZero();
    assertThat(event.groups()).isEqualTo("[\"lfs/auditor\",\"lfs/owner\"]");
    assertThat(event.details())
        .isEqualTo("{\"decision\":\"approve\",\"list\":[\"b\",{\"x\":true}],\"rows\":12}");
    assertThat(event.subject()).isEqualTo("lfs-2026-q3-r0");
    assertThat(event.writerSeq()).isEqualTo(1);
    assertThat(event.leaf()).isEqualTo(new JsonCanonicalizer(event.leaf()).getEncodedString());
    assertThat(event.leaf())
        .contains("\"actor\":\"anna\"", "\"source\":\"10.0.0.1\"", "\"schema\":1")
        .doesNotContain("stable");
  }

  @Test
  void isThereIfAndOnlyIfTheTransactionCommits() {
    var kept =
        fixture.transaction.execute(
            status -> {
              var separately =
                  node.trail.recordSeparately(AuditEntry.refused("task.claimed", "p", "s", "no"));
              node.trail.record(AuditEntry.done("bucket.created", "p", "s"));
              status.setRollbackOnly();
              return separately;
            });
    var committed =
        fixture.transaction.execute(
            status ->
                node.trail.recordAll(
                    IntStream.range(0, 450)
                        .mapToObj(i -> AuditEntry.done("bucket.created", "p", "b" + i))
                        .toList()));
    assertThat(committed).hasSize(450);
    var found = fixture.log().find(AuditQuery.ALL, null, 200);
    var second = fixture.log().find(AuditQuery.ALL, found.next(), 200);
    var third = fixture.log().find(AuditQuery.ALL, second.next(), 200);
    assertThat(found.items().get(0).event().id().toString()).isEqualTo(committed.get(449));
    assertThat(third.items()).hasSize(51);
    assertThat(third.items().get(50).event().id().toString()).isEqualTo(kept);
    assertThat(third.next()).isNull();
  }

  @Test
  void losesNothingThatCallbacksOfTheTransactionRecord() {
    fixture.transaction.executeWithoutResult(
        status ->
            TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                  @Override
                  public void beforeCommit(boolean readOnly) {
                    node.trail.record(AuditEntry.done("callback.before-commit", null, "s"));
                  }

                  @Override
                  public void afterCommit() {
                    node.trail.record(AuditEntry.done("callback.after-commit", null, "s"));
                  }

                  @Override
                  public void afterCompletion(int outcome) {
                    node.trail.record(AuditEntry.done("callback.after-completion", null, "s"));
                  }
                }));
    fixture.transaction.executeWithoutResult(status -> {});
    assertThat(fixture.log().find(AuditQuery.ALL.about("s"), null, 10).items()).hasSize(3);
  }

  @Test
  void writesInAReadOnlyTransactionByItself() {
    var readOnly =
        new org.springframework.transaction.support.TransactionTemplate(
            fixture.transaction.getTransactionManager());
    readOnly.setReadOnly(true);
    readOnly.executeWithoutResult(
        status -> node.trail.record(AuditEntry.done("result.read", "p", "s")));
    assertThat(fixture.log().find(AuditQuery.ofProject("p"), null, 10).items()).hasSize(1);
  }

  @Test
  void undoesWhatWasRecordedAfterASavepoint() {
    fixture.transaction.executeWithoutResult(
        status -> {
          node.trail.record(AuditEntry.done("kept.one", "p", "s"));
          var savepoint = status.createSavepoint();
          node.trail.record(AuditEntry.done("undone.one", "p", "s"));
          status.rollbackToSavepoint(savepoint);
          node.trail.record(AuditEntry.done("kept.two", "p", "s"));
        });
    assertThat(fixture.log().find(AuditQuery.ofProject("p"), null, 10).items())
        .extracting(recorded -> recorded.event().action())
        .containsExactly("kept.two", "kept.one");
  }

  @Test
  void failsTheTransactionWhenTheTrailCannotBeWritten() {
    fixture.tamper("revoke insert on audit_event from balsam_app");
    assertThatThrownBy(
            () ->
                fixture.transaction.executeWithoutResult(
                    status -> node.trail.record(AuditEntry.done("bucket.created", "p", "s"))))
        .isInstanceOf(org.springframework.dao.DataAccessException.class);
    fixture.tamper("grant insert on audit_event to balsam_app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "created", "Bucket.created", "bucket created", "a..b", "a.b\n"})
  void takesOnlyDotCaseActions(String action) {
    assertThatThrownBy(() -> node.trail.record(AuditEntry.done(action, null, null)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("dot.case");
  }

  @Test
  void takesNoFloatsNoHugeNumbersNoUnknownTypesAndNothingTooLarge() {
    var entry = AuditEntry.done("bucket.created", null, null);
    for (var wrong :
        List.of(1.5, 1L << 60, java.time.Instant.EPOCH, Map.of("deep", List.of(0.1f)))) {
      assertThatThrownBy(() -> node.trail.record(entry.with("value", wrong)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("bucket.created");
    }
    assertThatThrownBy(() -> node.trail.record(entry.with("value", "x".repeat(70_000))))
        .hasMessageContaining("65536 bytes");
    assertThatThrownBy(() -> node.trail.record(entry.because("x".repeat(70_000))))
        .hasMessageContaining("65536 characters");
  }

  @Test
  void findsBySubjectActorActionTimeAndProject() {
    var anna = CallContext.of(Actor.user("anna", Set.of()));
    anna.run(() -> node.trail.record(AuditEntry.done("a.one", "p", "s1")));
    node.trail.record(AuditEntry.done("a.two", "q", "s2"));
    var log = fixture.log();
    var past = java.time.Instant.now().minusSeconds(60);
    var all = AuditQuery.ALL;
    assertThat(log.find(all.about("s1"), null, 10).items()).hasSize(1);
    assertThat(log.find(new AuditQuery(null, null, "anna", null, null, null), null, 10).items())
        .hasSize(1);
    assertThat(log.find(new AuditQuery(null, null, null, "a.two", past, null), null, 10).items())
        .hasSize(1);
    assertThat(log.find(new AuditQuery(null, null, null, null, null, past), null, 10).items())
        .isEmpty();
    assertThat(log.find(new AuditQuery(Set.of(), null, null, null, null, null), null, 10).items())
        .isEmpty();
    assertThat(
            log.find(new AuditQuery(Set.of("p", "q"), null, null, null, null, null), null, 10)
                .items())
        .hasSize(2);
    assertThatThrownBy(() -> log.find(all, "' or 1=1", 10)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set actor = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "update audit_leaf set index = 7",
        "delete from audit_leaf",
        "truncate audit_leaf",
        "delete from audit_node",
        "truncate audit_node",
        "update audit_checkpoint set note = 'x'",
        "delete from audit_checkpoint",
        "update audit_payload set reason = 'x'",
        "truncate audit_payload",
        "delete from audit_payload"
      })
  void refusesChangesByTheApplicationAndByTheOwner(String sql) throws Exception {
    node.trail.record(AuditEntry.done("bucket.created", "p", "s").because("why"));
    node.sealer.seal();
    for (var login :
        List.of(
            List.of(fixture.access.user(), fixture.access.password()),
            List.of(fixture.access.owner(), fixture.access.ownerPassword()))) {
      try (var connection =
              java.sql.DriverManager.getConnection(
                  fixture.access.url(), login.get(0), login.get(1));
          var statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(sql))
            .as("%s by %s", sql, login.get(0))
            .isInstanceOf(java.sql.SQLException.class)
            .extracting(failure -> ((java.sql.SQLException) failure).getSQLState())
            .isEqualTo("42501");
      }
    }
  }

  @Test
  void erasesAReasonOnlyTogetherWithTheRecordOfIt() {
    var id = node.trail.record(AuditEntry.done("bucket.created", "p", "s").because("Anna is ill"));
    fixture.transaction.executeWithoutResult(status -> node.erasure.erase(id, "GDPR art. 17"));
    assertThat(fixture.log().event(id).reason()).isNull();
    assertThat(fixture.log().find(AuditQuery.ALL.about(id), null, 10).items())
        .singleElement()
        .extracting(recorded -> recorded.event().action())
        .isEqualTo("audit.payload.erased");
    assertThatThrownBy(
            () ->
                fixture.transaction.executeWithoutResult(
                    status -> node.erasure.erase(id, "GDPR art. 17")))
        .isInstanceOf(org.balsam.kernel.NotFound.class);
  }
}
