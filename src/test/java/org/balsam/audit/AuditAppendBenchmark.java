package org.balsam.audit;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.balsam.audit.verify.AuditVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares recording, with the sequencer at work, to a plain insert of the same columns without
 * triggers, signature or second index. Not part of the build; run it with {@code mvn test
 * -Dtest=AuditAppendBenchmark}.
 */
class AuditAppendBenchmark {

  private static final int WRITERS = 32;
  private static final int ROUNDS = 2;
  private static final long MILLISECONDS = 3000;
  private static final Map<String, Object> DETAILS =
      Map.of("decision", "approve", "rows", 12345L, "task", "a0f1c2d3-0000-1111-2222-333344445555");

  @TempDir Path home;

  @Test
  void appendRatioAndSealingDelay() throws Exception {
    try (var fixture = new AuditFixture(home);
        var node = fixture.node("one")) {
      fixture.source.setMaximumPoolSize(16);
      fixture.tamper(
          "create table balsam.plain (id uuid primary key, occurred_at timestamptz, writer text,"
              + " writer_seq bigint, actor_kind text, actor text, actor_groups text, project text,"
              + " subject text, action text, outcome text, details text)",
          "grant insert on balsam.plain to balsam_app");
      var sealing = sealEverySecond(node);
      for (int perTransaction : new int[] {1, 20}) {
        var plain = 0L;
        var audited = 0L;
        for (int round = 0; round <= ROUNDS; round++) {
          var p = measure(() -> plain(fixture, perTransaction));
          var a = measure(() -> audited(fixture, node, perTransaction));
          if (round > 0) {
            plain += p;
            audited += a;
          }
        }
        System.out.printf(
            "BENCH %d event(s) per transaction, %d writers: plain %d/s, audited %d/s, ratio %.2f%n",
            perTransaction,
            WRITERS,
            plain * perTransaction * 1000 / MILLISECONDS / ROUNDS,
            audited * perTransaction * 1000 / MILLISECONDS / ROUNDS,
            (double) audited / plain);
      }
      sealing.shutdown();
      sealing.awaitTermination(60, TimeUnit.SECONDS);
      verify(fixture, node);
    }
  }

  private void verify(AuditFixture fixture, AuditFixture.Node node) {
    var start = System.nanoTime();
    node.sealer.seal();
    var sealed = System.nanoTime();
    var bundle = fixture.export();
    var exported = System.nanoTime();
    var cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    var report =
        AuditVerifier.verify(
            bundle, new AuditVerifier.Options(null, null, fixture.key.verifier().toString()));
    System.out.printf(
        "BENCH backlog sealed in %d ms; export of %d events %d ms; verification %d ms (%d ms of one core), %s%n",
        (sealed - start) / 1_000_000,
        report.events(),
        (exported - sealed) / 1_000_000,
        (System.nanoTime() - exported) / 1_000_000,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000,
        report.verified());
  }

  private static ScheduledExecutorService sealEverySecond(AuditFixture.Node node) {
    var thread = Executors.newSingleThreadScheduledExecutor();
    thread.scheduleWithFixedDelay(node.sealer::tick, 0, 1, TimeUnit.SECONDS);
    return thread;
  }

  private static void plain(AuditFixture fixture, int count) {
    var jdbc = new JdbcTemplate(fixture.source);
    fixture.transaction.executeWithoutResult(
        status -> {
          var rows = new ArrayList<Object[]>();
          for (int i = 0; i < count; i++) {
            rows.add(
                new Object[] {
                  UUID.randomUUID(),
                  Timestamp.from(Instant.now()),
                  "one/aaaa",
                  1L,
                  "service",
                  "balsam",
                  "[]",
                  "lfs",
                  "lfs-2026-q3-r0",
                  "thing.done",
                  "done",
                  DETAILS.toString()
                });
          }
          jdbc.batchUpdate("insert into plain values (?,?,?,?,?,?,?,?,?,?,?,?)", rows);
        });
  }

  private static void audited(AuditFixture fixture, AuditFixture.Node node, int count) {
    var entry =
        new AuditEntry(
            "thing.done", AuditEntry.Outcome.DONE, "lfs", "lfs-2026-q3-r0", null, DETAILS);
    fixture.transaction.executeWithoutResult(
        status -> {
          for (int i = 0; i < count; i++) {
            node.trail.record(entry);
          }
        });
  }

  private static long measure(Runnable work) throws Exception {
    var pool = Executors.newFixedThreadPool(WRITERS);
    var count = new AtomicLong();
    var end = System.nanoTime() + MILLISECONDS * 1_000_000;
    var writers = new ArrayList<Future<?>>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          pool.submit(
              () -> {
                while (System.nanoTime() < end) {
                  work.run();
                  count.incrementAndGet();
                }
              }));
    }
    for (var writer : writers) {
      writer.get();
    }
    pool.shutdown();
    return count.get();
  }
}
