package org.balsam.platform.messaging.rocketchat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.messaging.DeliveryTrouble;

/**
 * The private channel of each project. It is Balsam's when Balsam's user made it and its custom
 * field {@code balsam} names installation and project; a channel of that name that is not, is left
 * alone.
 */
final class ProjectRooms {

  private static final String NOT_FOUND = "error-room-not-found";
  private static final String ARCHIVED = "error-room-archived";

  /** A channel, and whether it is the project's. */
  private record Room(String id, boolean archived, boolean ours) {}

  private static final Set<String> NAME_TAKEN =
      Set.of("error-duplicate-channel-name", "error-archived-duplicate-name");
  private static final int PAGE = 100;
  private static final int MOST_MEMBERS = 5_000;

  private final RocketChatApi api;
  private final String prefix;
  private final Installation installation;

  ProjectRooms(RocketChatApi api, String prefix, Installation installation) {
    this.api = api;
    this.prefix = prefix;
    this.installation = installation;
  }

  /**
   * The id of the project's channel, made or taken from the archive if need be.
   *
   * @throws Rejection ALREADY_EXISTS when the name is another's
   */
  String ensure(ProjectId project) {
    var created =
        api.post(
            "groups.create",
            Map.of("name", name(project), "readOnly", true, "customFields", mark(project)),
            NAME_TAKEN);
    if (RocketChatApi.error(created).isEmpty()) {
      return created.path("group").path("_id").asText();
    }
    var room = find(project).filter(Room::ours).orElseThrow(() -> taken(project));
    if (room.archived()) {
      api.post("groups.unarchive", Map.of("roomId", room.id()), Set.of());
    }
    return room.id();
  }

  /** The id of the project's channel; empty when there is none, or it is archived. */
  Optional<String> open(ProjectId project) {
    return find(project).filter(room -> room.ours() && !room.archived()).map(Room::id);
  }

  /** Archives the project's channel, if there is one. */
  void archive(ProjectId project) {
    open(project)
        .ifPresent(id -> api.post("groups.archive", Map.of("roomId", id), Set.of(ARCHIVED)));
  }

  /** Invites who is missing and removes who is no longer one of {@code people}. */
  void setMembers(String room, List<String> people) {
    var present = members(room);
    for (var person : people) {
      if (!present.containsKey(person)) {
        api.post(
            "groups.invite",
            Map.of("roomId", room, "username", person),
            Set.of("error-invalid-user", "error-user-not-found", "error-user-param-not-provided"));
      }
    }
    present.forEach(
        (username, id) -> {
          if (!people.contains(username) && !id.equals(api.self())) {
            api.post("groups.kick", Map.of("roomId", room, "userId", id), Set.of());
          }
        });
  }

  /** Ids by user name. */
  private Map<String, String> members(String room) {
    var members = new HashMap<String, String>();
    for (var offset = 0; offset < MOST_MEMBERS; offset += PAGE) {
      var page =
          api.get(
              "groups.members",
              Map.of(
                  "roomId", room, "offset", String.valueOf(offset), "count", String.valueOf(PAGE)),
              Set.of());
      for (var member : page.path("members")) {
        members.put(member.path("username").asText(), member.path("_id").asText());
      }
      if (page.path("members").size() < PAGE) {
        return members;
      }
    }
    throw DeliveryTrouble.permanent("the channel has more than " + MOST_MEMBERS + " members");
  }

  /** The channel of the project's name; empty when there is none that Balsam can see. */
  private Optional<Room> find(ProjectId project) {
    var answer = api.get("groups.info", Map.of("roomName", name(project)), Set.of(NOT_FOUND));
    if (!RocketChatApi.error(answer).isEmpty()) {
      return Optional.empty();
    }
    var room = answer.path("group");
    var ours =
        room.path("u").path("_id").asText().equals(api.self())
            && room.path("customFields").path("balsam").asText().equals(owner(project));
    return Optional.of(
        new Room(room.path("_id").asText(), room.path("archived").asBoolean(), ours));
  }

  private Rejection taken(ProjectId project) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "the channel " + name(project) + " on Rocket.Chat belongs to somebody else");
  }

  private String name(ProjectId project) {
    return prefix + project.value();
  }

  private Map<String, String> mark(ProjectId project) {
    return Map.of("balsam", owner(project));
  }

  private String owner(ProjectId project) {
    return installation.organisation() + "-" + installation.environment() + "/" + project;
  }
}
