package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.platform.messaging.inapp.InAppMessenger;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class InAppMessengerTest extends MessengerContract {

  private static final DataSource SOURCE = MigratedDatabase.create();

  private final JdbcClient database = JdbcClient.create(SOURCE);
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(SOURCE));
  private final RecordedAudit audit = new RecordedAudit();
  private Instant now = Instant.parse("2026-10-01T08:00:00Z");
  private final Outbox outbox = new Outbox(database, transactions, new Movable());

  @BeforeEach
  void forgetEverything() {
    database.sql("delete from notice").update();
    database.sql("delete from messaging_channel").update();
  }

  @Override
  protected Messenger messenger() {
    return new AuditedMessenger(new InAppMessenger(outbox, database, new Movable()), audit);
  }

  @Override
  protected void deliver() {
    assertThat(outbox.deliverDue(InAppMessenger::log)).isEmpty();
  }

  @Test
  void aNoticeGoesWithItsTransaction() {
    transactions.executeWithoutResult(
        status -> {
          messenger.send(notice("rolled-back"));
          status.setRollbackOnly();
        });
    transactions.executeWithoutResult(
        status -> {
          messenger.send(notice("committed"));
          var other = Executors.newSingleThreadExecutor();
          try {
            other.submit(this::deliver).get();
          } catch (Exception e) {
            throw new AssertionError(e);
          } finally {
            other.shutdownNow();
          }
        });
    assertThat(inbox(OWNER)).isEmpty();
    deliver();
    assertThat(inbox(OWNER)).containsExactly("committed");
  }

  @Test
  void aReceiverThatIsDownIsTriedAgainLaterAndLater() {
    messenger.send(notice("a"));
    var loop = loop(down());
    var waits = List.of(5, 10, 20, 40, 80, 160, 320, 640, 1280);
    for (var i = 0; i < waits.size(); i++) {
      loop.runOnce();
      assertThat(attempts("a")).isEqualTo(i + 1);
      now = now.plusSeconds(waits.get(i)).minusMillis(1);
      loop.runOnce();
      assertThat(attempts("a")).isEqualTo(i + 1);
      now = now.plusMillis(1);
    }
    assertThat(outbox.deadLetters(10)).isEmpty();
    loop.runOnce();
    assertThat(outbox.deadLetters(10))
        .extracting(letter -> letter.notice().key(), Outbox.DeadLetter::attempts)
        .containsExactly(tuple("a", 10));
    assertThat(outbox.deadLetters(10).get(0).lastError()).contains("the chat server is down");
    assertThat(audit.separately())
        .extracting(AuditEntry::action, AuditEntry::outcome, AuditEntry::project)
        .containsExactly(tuple("notice.delivered", Outcome.FAILED, "emp-industry"));
    now = now.plus(Duration.ofDays(1));
    loop.runOnce();
    assertThat(attempts("a")).isEqualTo(10);
    assertThat(inbox(OWNER)).isEmpty();
  }

  @Test
  void oneReceiverThatIsDownDoesNotHoldUpOthers() {
    messenger.send(notice("bad"));
    messenger.send(notice("good"));
    loop(notice -> {
          if (notice.key().equals("bad")) {
            throw new IllegalStateException("no");
          }
        })
        .runOnce();
    assertThat(inbox(OWNER)).containsExactly("good");
    now = now.plusSeconds(5);
    deliver();
    assertThat(inbox(OWNER)).containsExactly("bad", "good");
  }

  @Test
  void severalNodesDeliverEachNoticeOnce() throws Exception {
    for (var i = 0; i < 40; i++) {
      messenger.send(notice("n" + i));
    }
    var delivered = new ConcurrentLinkedQueue<String>();
    var nodes = Executors.newFixedThreadPool(4);
    try {
      var runs =
          nodes.invokeAll(
              Collections.nCopies(
                  4, Executors.callable(() -> loop(n -> delivered.add(n.key())).runOnce())));
      for (var run : runs) {
        run.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    assertThat(delivered).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void theLoopDeliversByItselfUntilItIsStopped() throws Exception {
    var delivered = new CountDownLatch(1);
    var loop = loop(notice -> delivered.countDown());
    loop.start();
    assertThat(loop.isRunning()).isTrue();
    messenger.send(notice("a"));
    assertThat(delivered.await(20, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    assertThat(loop.isRunning()).isFalse();
    assertThat(inbox(OWNER)).containsExactly("a");
  }

  @Test
  void noticesAreRecordedWithoutWhatTheySay() {
    messenger.send(notice("a", "emp-industry/owner"));
    messenger.removeChannel(PROJECT);
    assertThat(audit.together())
        .extracting(AuditEntry::action)
        .containsExactly("channel.created", "channel.created", "notice.queued", "channel.removed");
    assertThat(audit.together().get(2).details())
        .isEqualTo(Map.of("key", "a", "groups", List.of("emp-industry/owner")));
  }

  private DeliveryLoop loop(Delivery delivery) {
    return new DeliveryLoop(outbox, delivery, audit, Duration.ofMillis(100));
  }

  private static Delivery down() {
    return notice -> {
      throw new IllegalStateException("the chat server is down");
    };
  }

  private int attempts(String key) {
    return database
        .sql("select attempts from notice where key = :key")
        .param("key", key)
        .query(Integer.class)
        .single();
  }

  private final class Movable extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
