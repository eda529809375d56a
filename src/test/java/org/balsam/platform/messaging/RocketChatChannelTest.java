package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.HttpReceiver.Fault;
import org.balsam.platform.messaging.MessagingProperties.RocketChat;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocketChatChannelTest extends ChannelContract {

  private static final String ROOM = "balsam-emp-industry";

  @TempDir Path folder;
  private final FixedDirectory directory =
      new FixedDirectory()
          .with("anna", "emp-industry/owner")
          .with("bert", "emp-industry/quality")
          .with("nochat", "emp-industry/quality")
          .with("carl", "other/owner");
  private final RocketChatStub chat = new RocketChatStub().with("anna", "bert", "carl");
  private HttpReceiver server;
  private Channel channel;

  @BeforeEach
  void connect() throws IOException {
    server = new HttpReceiver(chat::answer);
    channel = channel(PATIENCE);
  }

  private Channel channel(Duration limit) throws IOException {
    var keys =
        Files.writeString(
            folder.resolve("keys"), RocketChatStub.BOT + "\n" + RocketChatStub.TOKEN + "\n");
    var settings = new RocketChat(URI.create(server.url("")), keys, "balsam-");
    return new MessagingConfiguration()
        .channels(
            properties(limit, null, settings, null, Map.of()),
            new Installation("nsi", "dev"),
            new Recipients(directory),
            Clock.systemUTC())
        .all()
        .get(0);
  }

  @Override
  protected Channel hasty() throws IOException {
    return channel(HASTE);
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  @Override
  protected Channel channel() {
    return channel;
  }

  @Override
  protected List<Read> read() {
    return chat.messages.values().stream()
        .map(message -> new Read(message.path("_id").asText(), message.path("msg").asText()))
        .toList();
  }

  @Override
  protected void doing(Fault fault) {
    server.doing(fault);
  }

  @Override
  protected List<String> secrets() {
    return List.of(RocketChatStub.TOKEN, RocketChatStub.BOT);
  }

  @Override
  protected String receiver() {
    return "#project";
  }

  @Test
  void theProjectsChannelHasItsPeopleAndNobodyElse() {
    channel.open(PROJECT);
    var room = chat.room(ROOM);
    assertThat(room.members).containsExactlyInAnyOrder(RocketChatStub.BOT, "anna-id", "bert-id");
    directory.groups.remove("bert");
    room.members.add("carl-id");
    channel.deliver(letter("k", "s", "t", 1));
    assertThat(room.members).containsExactlyInAnyOrder(RocketChatStub.BOT, "anna-id");
  }

  @Test
  void aHundredAndMoreMembersAreReadPageByPage() {
    for (var n = 0; n < 110; n++) {
      directory.with("person" + n, "emp-industry/owner");
      chat.with("person" + n);
    }
    channel.open(PROJECT);
    assertThat(chat.room(ROOM).members).hasSize(113);
    channel.open(PROJECT);
    directory.groups.keySet().removeIf(person -> person.startsWith("person"));
    channel.open(PROJECT);
    assertThat(chat.room(ROOM).members).hasSize(3);
  }

  @Test
  void aChannelOfAnotherIsNeitherUsedNorArchived() {
    var json = new JsonMapper();
    var foreign =
        List.of(
            chat.add(
                ROOM, "mallory-id", json.createObjectNode().put("balsam", "nsi-dev/emp-industry")),
            chat.add(
                ROOM,
                RocketChatStub.BOT,
                json.createObjectNode().put("balsam", "nsi-prd/emp-industry")),
            chat.add(ROOM, RocketChatStub.BOT, json.createObjectNode()));
    for (var room : foreign) {
      room.members.add(RocketChatStub.BOT);
      chat.rooms.clear();
      chat.rooms.put(room.id, room);
      assertThatThrownBy(() -> channel.open(PROJECT))
          .isInstanceOf(Rejection.class)
          .hasMessageContaining("belongs to somebody else");
      channel.close(PROJECT);
      assertThat(room.archived).isFalse();
      assertThatThrownBy(() -> channel.deliver(letter("k", "s", "t", 1)))
          .isInstanceOf(DeliveryTrouble.class)
          .hasMessageContaining("belongs to somebody else");
    }
    assertThat(chat.messages).isEmpty();
  }

  @Test
  void theChannelIsArchivedAtTheEndAndTakenFromThereAgain() {
    channel.open(PROJECT);
    channel.deliver(letter("k", "s", "t", 1));
    channel.close(PROJECT);
    assertThat(chat.room(ROOM).archived).isTrue();
    channel.open(PROJECT);
    assertThat(chat.room(ROOM).archived).isFalse();
    assertThat(chat.rooms).hasSize(1);
  }

  @Test
  void whatARoleIsToldGoesToItsPeopleAlone() {
    var notice =
        new Notice("k", Kind.TASK, PROJECT, List.of("emp-industry/quality"), "Review", "Now", "");
    assertThat(channel.receivers(notice)).containsExactly("bert", "nochat");
    channel.deliver(new Letter(notice, "bert", AT, 1));
    assertThat(chat.room(ROOM)).isNull();
    assertThat(chat.room("direct bert-id").members).contains("bert-id");
    assertThatThrownBy(() -> channel.deliver(new Letter(notice, "nochat", AT, 1)))
        .isInstanceOfSatisfying(DeliveryTrouble.class, t -> assertThat(t.isPermanent()).isTrue())
        .hasMessageContaining("no account");
  }

  @Test
  void aMessageThatArrivedBeforeTheNodeDiedIsThereOnce() {
    channel.deliver(letter("k", "s", "t", 1));
    channel.deliver(letter("k", "s", "t", 2));
    assertThat(chat.messages).hasSize(1);
  }

  @Test
  void aServerThatIsDownFailsTheOnboardingStepForAnotherTry() {
    server.doing(Fault.HANG);
    assertThatThrownBy(() -> hasty().open(PROJECT))
        .isInstanceOfSatisfying(
            ExternalFailure.class, failure -> assertThat(failure.retryable()).isTrue());
  }

  @Test
  void aWrongTokenIsSaidWithoutTheToken() throws IOException {
    Files.writeString(folder.resolve("keys"), RocketChatStub.BOT + "\nother-token\n");
    assertThatThrownBy(() -> channel.probe())
        .isInstanceOf(DeliveryTrouble.class)
        .hasMessageContaining("does not take")
        .hasMessageNotContaining("other-token");
  }
}
