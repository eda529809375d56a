package org.balsam.platform.messaging.rocketchat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;
import org.balsam.platform.messaging.Channel;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.Letter;
import org.balsam.platform.messaging.Links;
import org.balsam.platform.messaging.MessagingProperties.RocketChat;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.Recipients;
import org.balsam.platform.messaging.http.OutgoingHttp;
import org.balsam.platform.messaging.webhook.ChatPayload;

/**
 * Writes what everybody in a project is told into the project's private channel, and what single
 * roles are told to each person. A person's user name in Rocket.Chat is their id; who has no
 * account there is left out of the channel. Before something is written into the channel its
 * members are made the project's people at that moment. A message has an id made of the notice's
 * key, so it is there once however often it is sent.
 */
public final class RocketChatChannel implements Channel {

  /** The name in preferences and dead letters. */
  public static final String NAME = "rocket-chat";

  private static final String ROOM = "#project";
  private static final Set<String> NO_USER = Set.of("error-invalid-user", "error-user-not-found");

  private final RocketChatApi api;
  private final ProjectRooms rooms;
  private final Recipients recipients;
  private final ChatPayload format;

  /**
   * For the configured server, which is not called yet.
   *
   * @throws Invalid when a setting cannot be used
   */
  public RocketChatChannel(
      RocketChat settings,
      Installation installation,
      Recipients recipients,
      Links links,
      OutgoingHttp http) {
    try {
      this.api = new RocketChatApi(settings, http);
    } catch (DeliveryTrouble unusable) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.messaging.rocket-chat.url",
          String.valueOf(unusable.getMessage()));
    }
    this.rooms = new ProjectRooms(api, settings.prefix(), installation);
    this.recipients = recipients;
    this.format = ChatPayload.markdown(links);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> receivers(Notice notice) {
    return notice.groups().isEmpty() ? List.of(ROOM) : recipients.persons(notice);
  }

  @Override
  public void deliver(Letter letter) {
    var room = letter.personal() ? direct(letter.receiver()) : shared(letter.notice().project());
    var id = Sha256.of(letter.id() + " " + letter.receiver()).value().substring(0, 24);
    if (letter.attempt() == 1 || !isThere(id)) {
      api.post(
          "chat.sendMessage",
          Map.of("message", Map.of("_id", id, "rid", room, "msg", format.text(letter))),
          Set.of());
    }
  }

  @Override
  public void open(ProjectId project) {
    outside(
        () -> {
          rooms.setMembers(rooms.ensure(project), recipients.members(project));
          return project;
        });
  }

  @Override
  public void close(ProjectId project) {
    outside(
        () -> {
          rooms.archive(project);
          return project;
        });
  }

  @Override
  public void probe() {
    api.get("me", Map.of(), Set.of());
  }

  private String direct(String person) {
    var answer = api.post("im.create", Map.of("username", person), NO_USER);
    if (!RocketChatApi.error(answer).isEmpty()) {
      throw DeliveryTrouble.permanent("the person has no account on Rocket.Chat");
    }
    var room = answer.path("room");
    return room.has("rid") ? room.path("rid").asText() : room.path("_id").asText();
  }

  private String shared(ProjectId project) {
    try {
      var room = rooms.open(project).orElseGet(() -> rooms.ensure(project));
      rooms.setMembers(room, recipients.members(project));
      return room;
    } catch (Rejection taken) {
      throw DeliveryTrouble.permanent(String.valueOf(taken.getMessage()));
    }
  }

  private boolean isThere(String message) {
    var answer =
        api.get("chat.getMessage", Map.of("msgId", message), Set.of("unknown", "error-not-found"));
    return RocketChatApi.error(answer).isEmpty();
  }

  private static <T> T outside(Supplier<T> work) {
    try {
      return work.get();
    } catch (DeliveryTrouble trouble) {
      throw new ExternalFailure(
          "rocket-chat", !trouble.isPermanent(), String.valueOf(trouble.getMessage()), null);
    }
  }
}
