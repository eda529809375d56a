package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditEntry.Outcome;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.NoticeDeliveries.DeadLetter;
import org.balsam.platform.messaging.NoticePreferences.Level;
import org.balsam.platform.messaging.NoticePreferences.Mute;
import org.balsam.platform.messaging.NoticePreferences.Rule;
import org.balsam.testing.MigratedDatabase;
import org.balsam.testing.RecordedAudit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What leaves, when again, and what is given up. */
class DispatchTest {

  private static final DataSource SOURCE = MigratedDatabase.create();
  private static final ProjectId PROJECT = new ProjectId("emp-industry");

  private final JdbcClient database = JdbcClient.create(SOURCE);
  private final RecordedAudit audit = new RecordedAudit();
  private final ConcurrentLinkedQueue<String> arrived = new ConcurrentLinkedQueue<>();
  private final FixedDirectory directory =
      new FixedDirectory().with("anna", "emp-industry/owner").with("bert", "emp-industry/quality");
  private final Recipients recipients = new Recipients(directory);
  private volatile Instant now = Instant.parse("2026-10-01T08:00:00Z");
  private final NoticeDeliveries deliveries = new NoticeDeliveries(database, new Movable());
  private volatile Consumer<Letter> receiver = letter -> {};
  private final Channel mail = new Recording("mail");
  private final Channel chat = new Recording("chat");
  private final Channels channels = new Channels(List.of(mail, chat));
  private final NoticePreferences preferences = new NoticePreferences(database, channels);
  private final Outbox outbox = new Outbox(database, channels, new Movable());

  @BeforeEach
  void forgetEverything() {
    database.sql("delete from notice").update();
    database.sql("delete from notice_rule").update();
    database.sql("delete from notice_mute").update();
  }

  @Test
  void aNoticeLeavesOncePerChannelAndReceiver() {
    send("a", Kind.RELEASE);
    send("b", Kind.RELEASE, "emp-industry/quality");
    runAll();
    runAll();
    assertThat(arrived)
        .containsExactlyInAnyOrder(
            "mail a anna",
            "mail a bert",
            "chat a anna",
            "chat a bert",
            "mail b bert",
            "chat b bert");
  }

  @Test
  void aReceiverThatIsDownIsTriedAgainLaterAndLater() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    receiver = down(DeliveryTrouble.temporary("the receiver answered 503"));
    for (var wait : List.of(5, 10, 20, 40, 80, 160, 320, 640, 1280)) {
      run(mail);
      var tried = attempts();
      now = now.plusSeconds(wait).minusMillis(1);
      run(mail);
      assertThat(attempts()).isEqualTo(tried);
      now = now.plusMillis(1);
    }
    assertThat(dead()).isEmpty();
    run(mail);
    assertThat(dead())
        .extracting(
            DeadLetter::notice, DeadLetter::receiver, DeadLetter::attempts, DeadLetter::error)
        .containsExactly(tuple("a", "anna", 10, "the receiver answered 503"));
    assertThat(audit.separately())
        .extracting(AuditEntry::action, AuditEntry::outcome, AuditEntry::project)
        .containsExactly(tuple("notice.delivered", Outcome.FAILED, "emp-industry"));
    assertThat(audit.separately().get(0).details())
        .isEqualTo(Map.of("key", "a", "channel", "mail", "attempts", 10L));
    now = now.plus(Duration.ofDays(1));
    run(mail);
    assertThat(attempts()).isEqualTo(10);
  }

  @Test
  void waitsDifferSoThatLettersDoNotComeBackTogether() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    receiver = down(DeliveryTrouble.temporary("no"));
    new Dispatch(mail, deliveries, preferences, recipients, audit, () -> 0).runOnce();
    assertThat(nextAttempt()).isEqualTo(now.plusMillis(4_000));
    now = now.plusSeconds(4);
    new Dispatch(mail, deliveries, preferences, recipients, audit, () -> 0.999).runOnce();
    assertThat(nextAttempt()).isBetween(now.plusMillis(11_900), now.plusMillis(12_000));
  }

  @Test
  void aReceiverThatNamesATimeIsLeftAloneUntilThen() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    receiver = down(DeliveryTrouble.temporary("429", Duration.ofMinutes(7)));
    run(mail);
    assertThat(nextAttempt()).isEqualTo(now.plus(Duration.ofMinutes(7)));
    receiver = down(DeliveryTrouble.temporary("429", Duration.ofDays(400)));
    now = now.plus(Duration.ofMinutes(7));
    run(mail);
    assertThat(nextAttempt()).isEqualTo(now.plus(Duration.ofDays(1)));
  }

  @Test
  void aRefusalForGoodIsGivenUpAtOnceAndAPersonCanTryAgain() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    receiver = down(DeliveryTrouble.permanent("the receiver answered 404"));
    run(mail);
    assertThat(dead()).extracting(DeadLetter::attempts).containsExactly(1);
    var id = dead().get(0).id();
    receiver = letter -> {};
    assertThat(deliveries.retry(id).error()).isEqualTo("the receiver answered 404");
    assertThatThrownBy(() -> deliveries.retry(id)).isInstanceOf(NotFound.class);
    run(mail);
    assertThat(dead()).isEmpty();
    assertThat(arrived).containsExactly("mail a anna");
  }

  @Test
  void deadLettersAreReadPageByPage() {
    receiver = down(DeliveryTrouble.permanent("no"));
    for (var n = 0; n < 5; n++) {
      send("n" + n, Kind.RELEASE, "emp-industry/owner");
    }
    run(mail);
    var first = deliveries.deadLetters(3, null);
    assertThat(first.items()).extracting(DeadLetter::notice).containsExactly("n4", "n3", "n2");
    assertThat(deliveries.deadLetters(3, first.next()).items())
        .extracting(DeadLetter::notice)
        .containsExactly("n1", "n0");
    assertThatThrownBy(() -> deliveries.deadLetters(3, "x")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> deliveries.deadLetters(0, null)).isInstanceOf(Invalid.class);
  }

  @Test
  void oneReceiverThatIsDownDoesNotHoldUpOthers() {
    send("a", Kind.RELEASE);
    receiver =
        letter -> {
          if (letter.receiver().equals("anna")) {
            throw DeliveryTrouble.temporary("no");
          }
        };
    runAll();
    assertThat(arrived).containsExactlyInAnyOrder("mail a bert", "chat a bert");
  }

  @Test
  void aBugOrADirectoryThatIsDownIsTriedAgainToo() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    receiver = letter -> Integer.parseInt("the secret");
    run(mail);
    assertThat(lastError()).isEqualTo("NumberFormatException");
    now = now.plusSeconds(6);
    receiver =
        letter -> {
          throw new ExternalFailure("keycloak", true, "is down", null);
        };
    run(mail);
    assertThat(lastError()).isEqualTo("keycloak: is down");
  }

  /** A node that is killed after sending leaves a letter that it took, and no more. */
  @Test
  void aLetterOfAKilledNodeIsSentAgainWithTheSameIdAfterFiveMinutes() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    run(mail);
    database
        .sql(
            "update notice_delivery set state = 'queued', ended_at = null, attempts = 0,"
                + " next_attempt_at = :now where receiver = 'anna'")
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    arrived.clear();
    var killed = deliveries.take("mail").orElseThrow();
    mail.deliver(killed.letter());
    now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
    run(mail);
    assertThat(arrived).hasSize(1);
    now = now.plusMillis(1);
    var ids = new ConcurrentLinkedQueue<String>();
    receiver = letter -> ids.add(letter.id());
    run(mail);
    assertThat(arrived).containsExactly("mail a anna", "mail a anna");
    assertThat(ids).containsExactly(killed.letter().id());
  }

  @Test
  void aLetterThatKillsEveryNodeIsGivenUp() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    run(mail);
    database
        .sql(
            "update notice_delivery set state = 'queued', ended_at = null, attempts = 10"
                + " where receiver = 'anna'")
        .update();
    arrived.clear();
    now = now.plus(Duration.ofMinutes(5));
    run(mail);
    assertThat(arrived).isEmpty();
    assertThat(dead()).extracting(DeadLetter::error).containsExactly("no attempt came to an end");
  }

  @Test
  void aNodeThatWokeUpLateDoesNotUndoWhatAnotherDid() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    var whole = deliveries.take("mail").orElseThrow();
    deliveries.split(whole, "mail", List.of("anna"));
    var slow = deliveries.take("mail").orElseThrow();
    now = now.plus(Duration.ofMinutes(6));
    run(mail);
    deliveries.giveUp(slow, "too late");
    deliveries.postpone(slow, "too late", Duration.ofSeconds(1));
    deliveries.split(whole, "mail", List.of("anna"));
    assertThat(dead()).isEmpty();
    run(mail);
    assertThat(arrived).containsExactly("mail a anna");
  }

  @Test
  void severalNodesDeliverEachLetterOnce() throws Exception {
    for (var i = 0; i < 40; i++) {
      send("n" + i, Kind.RELEASE, "emp-industry/owner");
    }
    var nodes = Executors.newFixedThreadPool(4);
    try {
      for (var run : nodes.invokeAll(Collections.nCopies(4, Executors.callable(() -> run(mail))))) {
        run.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    assertThat(arrived).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void whoLostTheirRoleIsNotToldAnyMore() {
    send("a", Kind.RELEASE, "emp-industry/owner");
    receiver = down(DeliveryTrouble.temporary("no"));
    run(mail);
    directory.groups.put("anna", "emp-industry/auditor");
    now = now.plusSeconds(6);
    receiver = letter -> {};
    run(mail);
    assertThat(arrived).isEmpty();
    assertThat(deliveries.take("mail")).isEmpty();
    assertThat(dead()).isEmpty();
  }

  @Test
  void peopleChooseWhatIsSentButNotWhatTheRulesDemand() {
    preferences.setMutes(
        "anna", List.of(new Mute("mail", Kind.RELEASE), new Mute("mail", Kind.PROGRESS)));
    preferences.setMutes("anna", List.of(new Mute("mail", Kind.RELEASE)));
    send("a", Kind.RELEASE);
    send("b", Kind.PROGRESS, "emp-industry/owner");
    send("c", Kind.TASK, "emp-industry/owner");
    runAll();
    assertThat(arrived)
        .contains("chat a anna", "mail a bert", "mail b anna", "mail c anna")
        .doesNotContain("mail a anna");
    for (var kind : List.of(Kind.TASK, Kind.ALARM)) {
      assertThatThrownBy(() -> preferences.setMutes("anna", List.of(new Mute("mail", kind))))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("always leaves");
      assertThatThrownBy(
              () -> preferences.setRules(PROJECT, List.of(new Rule("mail", kind, Level.OFF))))
          .isInstanceOf(Invalid.class);
    }
    assertThatThrownBy(
            () -> preferences.setMutes("anna", List.of(new Mute("pigeon", Kind.RELEASE))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("mail, chat");
    assertThat(preferences.mutes("anna")).containsExactly(new Mute("mail", Kind.RELEASE));
  }

  @Test
  void aProjectRulesForAllItsPeople() {
    preferences.setMutes(
        "anna", List.of(new Mute("mail", Kind.RELEASE), new Mute("chat", Kind.RELEASE)));
    preferences.setRules(
        PROJECT,
        List.of(
            new Rule("mail", Kind.RELEASE, Level.DEMANDED),
            new Rule("mail", Kind.PROGRESS, Level.OFF),
            new Rule("chat", Kind.PROGRESS, Level.CHOSEN)));
    send("a", Kind.RELEASE, "emp-industry/owner");
    send("b", Kind.PROGRESS, "emp-industry/owner");
    runAll();
    assertThat(arrived).containsExactlyInAnyOrder("mail a anna", "chat b anna");
    assertThat(preferences.rules(PROJECT))
        .hasSize(8)
        .contains(
            new Rule("mail", Kind.PROGRESS, Level.OFF),
            new Rule("chat", Kind.RELEASE, Level.CHOSEN),
            new Rule("chat", Kind.ALARM, Level.DEMANDED));
    assertThat(preferences.rules(new ProjectId("other")))
        .doesNotContain(new Rule("mail", Kind.PROGRESS, Level.OFF));
  }

  @Test
  void aChannelThatHangsHoldsUpNoOther() throws Exception {
    var released = new CountDownLatch(1);
    var other = new CountDownLatch(1);
    receiver = letter -> {};
    var hanging =
        new Recording("mail") {
          @Override
          public void deliver(Letter letter) {
            try {
              released.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          }
        };
    var quick =
        new Recording("chat") {
          @Override
          public void deliver(Letter letter) {
            other.countDown();
          }
        };
    var loop =
        new DeliveryLoop(List.of(dispatch(hanging), dispatch(quick)), Duration.ofMillis(100));
    loop.start();
    assertThat(loop.isRunning()).isTrue();
    send("a", Kind.RELEASE, "emp-industry/owner");
    assertThat(other.await(60, TimeUnit.SECONDS)).isTrue();
    released.countDown();
    loop.stop();
    assertThat(loop.isRunning()).isFalse();
  }

  private void send(String key, Kind kind, String... groups) {
    outbox.queue(new Notice(key, kind, PROJECT, List.of(groups), "Released", "Out", "/rounds/a"));
  }

  private Dispatch dispatch(Channel channel) {
    return new Dispatch(channel, deliveries, preferences, recipients, audit, () -> 0.5);
  }

  private void run(Channel channel) {
    dispatch(channel).runOnce();
  }

  private void runAll() {
    run(mail);
    run(chat);
  }

  private static Consumer<Letter> down(DeliveryTrouble trouble) {
    return letter -> {
      throw trouble;
    };
  }

  private List<DeadLetter> dead() {
    return deliveries.deadLetters(200, null).items();
  }

  private int attempts() {
    return one("attempts", Integer.class);
  }

  private String lastError() {
    return one("last_error", String.class);
  }

  private Instant nextAttempt() {
    return one("next_attempt_at", OffsetDateTime.class).toInstant();
  }

  private <T> T one(String column, Class<T> type) {
    return database
        .sql(
            "select "
                + column
                + " from notice_delivery where channel = 'mail' and receiver = 'anna'")
        .query(type)
        .single();
  }

  private class Recording implements Channel {

    private final String name;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<String> receivers(Notice notice) {
      return recipients.persons(notice);
    }

    @Override
    public void deliver(Letter letter) {
      receiver.accept(letter);
      arrived.add(name + " " + letter.notice().key() + " " + letter.receiver());
    }

    @Override
    public void probe() {}
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
