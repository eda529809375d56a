package org.balsam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.balsam.audit.format.Base64Text;
import org.balsam.audit.format.Checkpoint;
import org.balsam.audit.tree.Merkle;
import org.balsam.audit.tree.Proofs;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class AuditSealerTest {

  @TempDir Path home;
  AuditFixture fixture;
  AuditFixture.Node node;
  JdbcTemplate jdbc;

  @BeforeEach
  void start() {
    fixture = new AuditFixture(home);
    node = fixture.node("one");
    jdbc = new JdbcTemplate(fixture.source);
  }

  @AfterEach
  void stop() {
    node.close();
    fixture.close();
  }

  @Test
  void provesEveryEventAndEveryEarlierTree() {
    var ids = new ArrayList<String>();
    for (int batch = 1; batch <= 12; batch++) {
      for (int i = 0; i < batch * 9; i++) {
        ids.add(node.trail.record(AuditEntry.done("thing.done", "p", "s" + i)));
      }
      node.sealer.seal();
    }
    var log = fixture.log();
    assertThat(log.isSealed(Set.copyOf(ids))).isTrue();
    for (int i = 0; i < ids.size(); i += 50) {
      var proof = log.inclusion(ids.get(i));
      var checkpoint = Checkpoint.open(proof.checkpoint(), fixture.key.verifier());
      var leaf = Merkle.leaf(proof.leaf().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(checkpoint.size()).isEqualTo(ids.size());
      assertThat(
              Proofs.included(
                  leaf,
                  proof.index(),
                  checkpoint.size(),
                  checkpoint.root(),
                  proof.path().stream().map(Base64Text::read).toList()))
          .isTrue();
    }
    var earlier = Checkpoint.open(log.checkpoint(27), fixture.key.verifier());
    var latest = Checkpoint.open(log.checkpoint(), fixture.key.verifier());
    var consistency = log.consistency(27, latest.size());
    assertThat(
            Proofs.consistent(
                27,
                earlier.root(),
                latest.size(),
                latest.root(),
                consistency.path().stream().map(Base64Text::read).toList()))
        .isTrue();
  }

  @Test
  void sealsEachCommittedEventOfManyWritersExactlyOnce() throws Exception {
    try (var second = fixture.node("two")) {
      var stop = new AtomicBoolean();
      var sealers = Executors.newFixedThreadPool(2);
      var sealing = new ArrayList<Future<?>>();
      for (var sealer : List.of(node.sealer, second.sealer)) {
        sealing.add(
            sealers.submit(
                () -> {
                  while (!stop.get()) {
                    sealer.tick();
                    Thread.sleep(5);
                  }
                  return null;
                }));
      }
      var committed = write(List.of(node, second), 32, 40);
      stop.set(true);
      for (var each : sealing) {
        each.get(30, TimeUnit.SECONDS);
      }
      sealers.shutdown();
      node.housekeeping.explainUnused();
      second.housekeeping.explainUnused();
      node.sealer.seal();

      var indexes = jdbc.queryForList("select index from audit_leaf order by 1", Long.class);
      assertThat(indexes).startsWith(0L).endsWith(indexes.size() - 1L).doesNotHaveDuplicates();
      assertThat(jdbc.queryForObject("select count(*) from audit_event", Long.class))
          .isEqualTo((long) indexes.size());
      assertThat(fixture.log().isSealed(Set.copyOf(committed))).isTrue();
      assertThat(indexes.size()).isGreaterThanOrEqualTo(committed.size());
      assertThat(
              jdbc.queryForObject(
                  "select count(*) from audit_event where action = 'thing.done'", Long.class))
          .isEqualTo(committed.size());
      assertThat(
              jdbc.queryForObject(
                  "select count(*) from audit_event where action = 'audit.numbers.unused'",
                  Long.class))
          .isPositive();
      org.balsam.audit.verify.AuditVerifierTest.assertVerifies(fixture.export(), fixture.key);
    }
  }

  /** Some transactions roll back early, some after their events were written. */
  private List<String> write(List<AuditFixture.Node> nodes, int writers, int each)
      throws Exception {
    var pool = Executors.newFixedThreadPool(writers);
    var work = new ArrayList<Future<List<String>>>();
    for (int writer = 0; writer < writers; writer++) {
      var random = new Random(writer);
      var trail = nodes.get(writer % nodes.size()).trail;
      work.add(
          pool.submit(
              () -> {
                var ids = new ArrayList<String>();
                for (int i = 0; i < each; i++) {
                  ids.addAll(one(trail, random));
                }
                return ids;
              }));
    }
    var committed = new ArrayList<String>();
    for (var each1 : work) {
      committed.addAll(each1.get(120, TimeUnit.SECONDS));
    }
    pool.shutdown();
    return committed;
  }

  private List<String> one(AuditTrail trail, Random random) {
    var outcome = random.nextInt(4);
    var ids = new ArrayList<String>();
    try {
      fixture.transaction.executeWithoutResult(
          status -> {
            for (int i = random.nextInt(4); i >= 0; i--) {
              ids.add(trail.record(AuditEntry.done("thing.done", "p", "s")));
            }
            if (outcome == 0) {
              status.setRollbackOnly();
            } else if (outcome == 1) {
              failLate();
            }
          });
    } catch (IllegalStateException expected) {
      assertThat(outcome).isEqualTo(1);
    }
    return outcome <= 1 ? List.of() : ids;
  }

  private static void failLate() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            throw new IllegalStateException("too late");
          }
        });
  }

  @Test
  void sealsWhatCommitsLateAfterOthersWereSealed() throws Exception {
    try (var slow = fixture.source.getConnection()) {
      slow.setAutoCommit(false);
      var late = Draft.of(AuditEntry.done("thing.late", "p", "s"), context(), clock());
      node.writer.append(
          new JdbcTemplate(
              new org.springframework.jdbc.datasource.SingleConnectionDataSource(slow, true)),
          List.of(late));
      for (int i = 0; i < 3; i++) {
        node.trail.record(AuditEntry.done("thing.done", "p", "s"));
        node.sealer.seal();
      }
      assertThat(fixture.log().isSealed(Set.of(late.event().id().toString()))).isFalse();
      assertThatThrownBy(() -> node.sealer.requireSealed(List.of(late.event().id().toString())))
          .isInstanceOfSatisfying(
              ExternalFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_SEALED));
      assertThatThrownBy(() -> fixture.log().inclusion(late.event().id().toString()))
          .isInstanceOf(NotFound.class);
      slow.commit();
      node.sealer.requireSealed(List.of(late.event().id().toString()));
      assertThat(fixture.log().inclusion(late.event().id().toString()).index()).isEqualTo(3);
    }
  }

  @Test
  void sealsABacklogOfLargeTransactionsInBatches() {
    for (int size : new int[] {6000, 3000, 4500}) {
      fixture.transaction.executeWithoutResult(
          status -> {
            for (int i = 0; i < size; i++) {
              node.trail.record(AuditEntry.done("thing.done", "p", "s"));
            }
          });
    }
    node.sealer.seal();
    assertThat(jdbc.queryForObject("select count(*) from audit_leaf", Long.class))
        .isEqualTo(13_500);
    assertThat(jdbc.queryForList("select size from audit_checkpoint order by 1", Long.class))
        .containsExactly(5000L, 10_000L, 13_500L);
    org.balsam.audit.verify.AuditVerifierTest.assertVerifies(fixture.export(), fixture.key);
  }

  @Test
  void namesTheNumbersOfANodeThatDied() {
    try (var dead = fixture.node("dead")) {
      dead.trail.record(AuditEntry.done("thing.done", "p", "s"));
      failInside(dead);
      dead.trail.record(AuditEntry.done("thing.done", "p", "s"));
      fixture.silence(dead.writer.name(), Duration.ofMinutes(2));
      node.housekeeping.beat();
      node.housekeeping.beat();
      assertThat(fixture.log().find(AuditQuery.ALL.about(dead.writer.name()), null, 10).items())
          .extracting(found -> found.event().action() + found.event().details())
          .containsExactly(
              "audit.writer.closed{\"last\":3}", "audit.numbers.unused{\"numbers\":[[2,2]]}");
    }
  }

  private void failInside(AuditFixture.Node dead) {
    assertThatThrownBy(
            () ->
                fixture.transaction.executeWithoutResult(
                    status -> {
                      dead.trail.record(AuditEntry.done("thing.done", "p", "s"));
                      failLate();
                    }))
        .hasMessage("too late");
  }

  @Test
  void refusesToSignOnTopOfAnOlderDatabase() throws Exception {
    node.trail.record(AuditEntry.done("thing.done", "p", "s"));
    node.sealer.seal();
    node.trail.record(AuditEntry.done("thing.done", "p", "s"));
    node.sealer.seal();
    assertThat(Files.readString(home.resolve("one/latest"))).contains("\n2\n");
    fixture.tamper(
        "delete from audit_checkpoint where size = 2", "delete from audit_leaf where index = 1");
    assertThatThrownBy(() -> node.sealer.seal())
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("old backup");
    try (var restarted = fixture.node("one")) {
      assertThatThrownBy(() -> restarted.sealer.seal()).hasMessageContaining("old backup");
    }
  }

  @Test
  void refusesToSignOnTopOfARewrittenTree() {
    for (int i = 0; i < 5; i++) {
      node.trail.record(AuditEntry.done("thing.done", "p", "s" + i));
    }
    node.sealer.seal();
    fixture.tamper("update audit_leaf set hash = sha256('x') where index = 2");
    node.trail.record(AuditEntry.done("thing.done", "p", "s"));
    assertThatThrownBy(() -> node.sealer.seal())
        .hasMessageContaining("not the one that was signed");
  }

  @Test
  void leavesOutRowsThatWereNotWrittenByAHolderOfTheKey() {
    var changed = node.trail.record(AuditEntry.done("thing.done", "p", "s"));
    fixture.tamper("update audit_event set actor = 'mallory' where id = '" + changed + "'");
    node.sealer.seal();
    node.sealer.seal();
    assertThat(fixture.log().isSealed(Set.of(changed))).isFalse();
    assertThat(fixture.log().find(AuditQuery.ALL.about(changed), null, 10).items())
        .singleElement()
        .extracting(found -> found.event().action())
        .isEqualTo("audit.row.foreign");
  }

  @Test
  void keepsItsKeyPrivate() throws Exception {
    var file = home.resolve("audit/key");
    var key = KeyFile.ensure(file, "nsi.example/audit");
    assertThat(KeyFile.ensure(file, "other").verifier()).isEqualTo(key.verifier());
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "broken");
    assertThatThrownBy(() -> KeyFile.ensure(file, null)).hasMessageContaining("malformed");
  }

  private static org.balsam.kernel.CallContext context() {
    return org.balsam.kernel.CallContext.current();
  }

  private static java.time.Clock clock() {
    return java.time.Clock.systemUTC();
  }
}
