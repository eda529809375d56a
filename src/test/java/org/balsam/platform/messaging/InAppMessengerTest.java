package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.inapp.InAppMessenger;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.MovableClock;
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
  private final List<String> places = new ArrayList<>();
  private RuntimeException trouble;

  @BeforeEach
  void forgetEverything() {
    database.sql("delete from notice").update();
    database.sql("delete from messaging_channel").update();
  }

  @Override
  protected Messenger messenger() {
    var channels = new Channels(List.of(new Place()));
    var clock = new MovableClock();
    return new AuditedMessenger(
        new InAppMessenger(
            new Outbox(database, channels, clock),
            new NoticePreferences(database, channels),
            channels,
            database,
            clock),
        audit);
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
          messenger.send(notice("committed"));
        });
    assertThat(inbox(OWNER)).containsExactly("committed");
    assertThat(queued()).containsExactly("committed place ");
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

  @Test
  void aProjectsPlaceIsOpenedAndClosedWithItsChannel() {
    messenger.send(notice("a"));
    messenger.removeChannel(PROJECT);
    assertThat(places).containsExactly("open", "open", "close");
    assertThat(queued()).isEmpty();
  }

  @Test
  void aPlaceThatCannotBeOpenedFailsTheCallAndIsRecorded() {
    trouble = new Rejection(ErrorCode.ALREADY_EXISTS, "the room is another's");
    assertThatThrownBy(() -> messenger.ensureChannel(OTHER)).isSameAs(trouble);
    trouble = new ExternalFailure("chat", true, "down", null);
    assertThatThrownBy(() -> messenger.ensureChannel(OTHER)).isSameAs(trouble);
    assertThat(audit.separately())
        .extracting(AuditEntry::action, AuditEntry::outcome)
        .containsExactly(
            tuple("channel.created", Outcome.REFUSED), tuple("channel.created", Outcome.FAILED));
    assertThat(
            database
                .sql("select count(*) from messaging_channel where project = 'other'")
                .query(Long.class)
                .single())
        .isZero();
  }

  private List<String> queued() {
    return database
        .sql("select notice || ' ' || channel || ' ' || receiver from notice_delivery")
        .query(String.class)
        .list();
  }

  private final class Place implements Channel {
    @Override
    public String name() {
      return "place";
    }

    @Override
    public List<String> receivers(Messenger.Notice notice) {
      return List.of("#place");
    }

    @Override
    public void deliver(Letter letter) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void open(ProjectId project) {
      if (trouble != null) {
        throw trouble;
      }
      places.add("open");
    }

    @Override
    public void close(ProjectId project) {
      places.add("close");
    }

    @Override
    public void probe() {}
  }
}
