package org.balsam.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.audit.verify.AuditVerifier;
import org.balsam.audit.verify.AuditVerifierTest;
import org.balsam.audit.verify.VerificationReport;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a superuser does to the tables is found in the next export. */
class TamperedDatabaseTest {

  @TempDir Path home;
  AuditFixture fixture;
  AuditFixture.Node node;
  final List<String> ids = new ArrayList<>();
  String own;

  @BeforeEach
  void start() {
    fixture = new AuditFixture(home);
    node = fixture.node("one");
    for (int i = 0; i < 30; i++) {
      var entry = AuditEntry.done("thing.done", i % 2 == 0 ? "even" : "odd", "s" + i);
      ids.add(node.trail.record(i % 10 == 3 ? entry.because("because " + i) : entry));
      if (i % 10 == 9) {
        node.sealer.seal();
      }
    }
    own = fixture.log().checkpoint(20);
  }

  @AfterEach
  void stop() {
    node.close();
    fixture.close();
  }

  @Test
  void anUntouchedTrailVerifies() {
    AuditVerifierTest.assertVerifies(fixture.export(), fixture.key);
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void aChangedColumnIsFoundInEveryColumn() {
    var columns =
        Map.ofEntries(
            Map.entry("occurred_at", "occurred_at + interval '1 microsecond'"),
            Map.entry("writer", "'x'"),
            Map.entry("writer_seq", "999"),
            Map.entry("actor_kind", "'user'"),
            Map.entry("actor", "'mallory'"),
            Map.entry("actor_groups", "'[\"x\"]'"),
            Map.entry("project", "'x'"),
            Map.entry("subject", "null"),
            Map.entry("action", "'thing.undone'"),
            Map.entry("outcome", "'failed'"),
            Map.entry("process_instance", "'x'"),
            Map.entry("activity", "'x'"),
            Map.entry("reason_hash", "'x'"),
            Map.entry("details", "'{\"a\":1}'"),
            Map.entry("correlation", "'x'"),
            Map.entry("source", "'x'"));
    var where = " where id = '" + ids.get(12) + "'";
    columns.forEach(
        (column, value) -> {
          fixture.tamper(
              "create table balsam.copy as select * from audit_event" + where,
              "update audit_event set " + column + " = " + value + where);
          assertFirst(verify(), "event-changed", 12, ids.get(12));
          fixture.tamper(
              "update audit_event e set "
                  + column
                  + " = c."
                  + column
                  + " from copy c"
                  + " where e.id = c.id",
              "drop table copy");
        });
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void aDeletedEventIsNamed() {
    fixture.tamper("delete from audit_event where id = '" + ids.get(7) + "'");
    assertFirst(verify(), "event-missing", 7, ids.get(7));
  }

  @Test
  void anEventDeletedTogetherWithItsLeafIsNamedByItsPlace() {
    fixture.tamper(
        "delete from audit_event where id = '" + ids.get(7) + "'",
        "delete from audit_leaf where index = 7");
    assertFirst(verify(), "event-missing", 7, "leaf");
  }

  @Test
  void swappedRowsAreNamed() {
    var a = ids.get(14);
    var b = ids.get(16);
    fixture.tamper(
        "update audit_event set id = '00000000-0000-0000-0000-000000000000' where id = '" + a + "'",
        "update audit_event set id = '" + a + "' where id = '" + b + "'",
        "update audit_event set id = '"
            + b
            + "' where id = '00000000-0000-0000-0000-000000000000'");
    assertFirst(verify(), "event-changed", 14, a);
  }

  @Test
  void swappedLeavesAreFoundInTheirBatch() {
    fixture.tamper(
        "update audit_leaf set index = -1 where index = 14",
        "update audit_leaf set index = 14 where index = 16",
        "update audit_leaf set index = 16 where index = -1");
    assertFirst(verify(), "tree-changed", 10, ids.get(10));
  }

  @Test
  void anInsertedRowIsNamedAndNeverSealed() {
    fixture.tamper(
        "insert into audit_event select '01999999-0000-7000-8000-000000000000', occurred_at,"
            + " writer, 500, actor_kind, 'mallory', actor_groups, project, subject, action, outcome,"
            + " process_instance, activity, reason_hash, details, correlation, source, mac"
            + " from audit_event where id = '"
            + ids.get(5)
            + "'");
    node.sealer.seal();
    node.sealer.seal();
    var report = verify();
    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo("row-foreign");
              assertThat(finding.event()).isEqualTo("01999999-0000-7000-8000-000000000000");
            });
  }

  @Test
  void anInsertedRowWithALeafOfItsOwnIsNamed() {
    fixture.tamper(
        "insert into audit_event select '01999999-0000-7000-8000-000000000000', occurred_at,"
            + " writer, 31, actor_kind, 'mallory', actor_groups, project, subject, action, outcome,"
            + " process_instance, activity, reason_hash, details, correlation, source, mac"
            + " from audit_event where id = '"
            + ids.get(5)
            + "'",
        "insert into audit_leaf values (30, '01999999-0000-7000-8000-000000000000', sha256('x'))");
    assertFirst(verify(), "event-changed", 30, "01999999-0000-7000-8000-000000000000");
  }

  @Test
  void aTrailThatWasCutIsARollBackForWhoKeptACheckpoint() {
    fixture.tamper(
        "delete from audit_event where writer_seq > 10",
        "delete from audit_leaf where index >= 10",
        "delete from audit_checkpoint where size > 10");
    assertThat(verify().findings()).extracting("code").containsExactly("rolled-back");
  }

  @Test
  void aChangedReasonIsNamed() {
    fixture.tamper("update audit_payload set reason = 'x' where event_id = '" + ids.get(3) + "'");
    assertFirst(verify(), "reason-changed", 3, ids.get(3));
  }

  @Test
  void aReasonThatVanishedWithoutARecordIsNamed() {
    fixture.tamper("delete from audit_payload where event_id = '" + ids.get(13) + "'");
    assertFirst(verify(), "reason-missing", 13, ids.get(13));
  }

  @Test
  void erasingAReasonKeepsEveryProof() {
    fixture.transaction.executeWithoutResult(
        status -> node.erasure.erase(ids.get(13), "GDPR art. 17"));
    node.sealer.seal();
    assertThat(verify().findings()).isEmpty();
    assertThat(fixture.log().inclusion(ids.get(13)).index()).isEqualTo(13);
  }

  @Test
  void aProjectsPartVerifiesByItsProofs() throws Exception {
    var content = "<bpmn/>".getBytes(StandardCharsets.UTF_8);
    var deployed =
        CallContext.of(Actor.user("anna", Set.of()))
            .call(
                () ->
                    node.trail.record(
                        AuditEntry.done("deployment.done", null, null)
                            .with("resources", Map.of("a.bpmn", Sha256.of(content).value()))));
    node.sealer.seal();
    var file =
        fixture.export(
            new AuditExport.Request("even", true),
            Map.of("processes/a.bpmn", () -> new ByteArrayInputStream(content)));
    var options = options();
    var report = AuditVerifier.verify(file, options);
    assertThat(report.findings()).isEmpty();
    assertThat(report.events()).isEqualTo(16);
    assertThat(python(file)).isIn(0, -1);

    fixture.tamper("update audit_event set actor = 'mallory' where id = '" + deployed + "'");
    var tampered = fixture.export(new AuditExport.Request("even", false), Map.of());
    assertFirst(AuditVerifier.verify(tampered, options), "event-changed", 30, deployed);
    assertThat(python(tampered)).isIn(1, -1);
  }

  @Test
  void theVerifiersAgreeOnARealExport() throws Exception {
    assertThat(python(fixture.export())).isIn(0, -1);
    fixture.tamper("update audit_event set actor = 'mallory' where id = '" + ids.get(5) + "'");
    assertThat(python(fixture.export())).isIn(1, -1);
  }

  private int python(Path bundle) throws Exception {
    try {
      return new ProcessBuilder(
              "python3",
              "docs/verify_audit.py",
              bundle.toString(),
              "--key",
              fixture.key.verifier().toString(),
              "--checkpoint",
              Files.writeString(home.resolve("own.txt"), own).toString())
          .inheritIO()
          .start()
          .waitFor();
    } catch (java.io.IOException absent) {
      System.out.println("python3 is absent: docs/verify_audit.py was NOT compared with Java");
      return -1;
    }
  }

  private VerificationReport verify() {
    return AuditVerifier.verify(fixture.export(), options());
  }

  private AuditVerifier.Options options() {
    try {
      var file = Files.writeString(home.resolve("own.txt"), own);
      return new AuditVerifier.Options(null, file, fixture.key.verifier().toString());
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static void assertFirst(
      VerificationReport report, String code, long index, String event) {
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.findings()).as(report.text()).isNotEmpty();
    var first = report.findings().get(0);
    assertThat(first.code()).as(report.text()).isEqualTo(code);
    assertThat(first.index()).isEqualTo(index);
    assertThat(first.event()).isEqualTo(event);
  }
}
