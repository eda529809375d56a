package org.balsam.platform.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.balsam.platform.messaging.HttpReceiver.Answer;
import org.balsam.platform.messaging.HttpReceiver.Received;

/**
 * The part of Rocket.Chat's REST API that Balsam uses, with state, written after the server's
 * published source: errors are 400 with {@code errorType}, archived channels take no change, a name
 * is taken by archived channels too, a message whose id exists is an error.
 */
final class RocketChatStub {

  static final String BOT = "botId";
  static final String TOKEN = "s3cret-token";
  private static final JsonMapper JSON = new JsonMapper();

  /** A channel or a direct conversation. */
  static final class Room {
    final String id;
    final String name;
    final String creator;
    final JsonNode customFields;
    final Set<String> members = new TreeSet<>();
    boolean archived;

    Room(String id, String name, String creator, JsonNode customFields) {
      this.id = id;
      this.name = name;
      this.creator = creator;
      this.customFields = customFields;
    }
  }

  final Map<String, String> users = new TreeMap<>(Map.of("balsam.bot", BOT));
  final Map<String, Room> rooms = new LinkedHashMap<>();
  final Map<String, JsonNode> messages = new LinkedHashMap<>();

  RocketChatStub with(String... usernames) {
    Arrays.stream(usernames).forEach(name -> users.put(name, name + "-id"));
    return this;
  }

  Room room(String name) {
    return rooms.values().stream().filter(r -> r.name.equals(name)).findFirst().orElse(null);
  }

  Room add(String name, String creator, JsonNode customFields) {
    var room = new Room("r" + rooms.size(), name, creator, customFields);
    room.members.add(creator);
    rooms.put(room.id, room);
    return room;
  }

  synchronized Answer answer(Received request) {
    if (!BOT.equals(request.headers().get("X-User-Id"))
        || !TOKEN.equals(request.headers().get("X-Auth-Token"))) {
      return new Answer(401, "{\"status\":\"error\",\"message\":\"You must be logged in\"}");
    }
    var uri = URI.create(request.path());
    var method = uri.getPath().replace("/api/v1/", "");
    try {
      var result = call(method, input(request, uri));
      result.put("success", true);
      return new Answer(200, JSON.writeValueAsString(result));
    } catch (IllegalStateException no) {
      return new Answer(
          400,
          "{\"success\":false,\"error\":\"no ["
              + no.getMessage()
              + "]\",\"errorType\":\""
              + no.getMessage()
              + "\"}");
    } catch (IOException malformed) {
      return new Answer(500, malformed.toString());
    }
  }

  private Map<String, Object> call(String method, JsonNode in) {
    return switch (method) {
      case "me" -> new LinkedHashMap<>(Map.of("_id", BOT, "username", "balsam.bot"));
      case "groups.create" -> create(in);
      case "groups.info" -> group(visible(in));
      case "groups.archive" -> change(in, room -> room.archived = true);
      case "groups.unarchive" -> unarchive(in);
      case "groups.members" -> members(in);
      case "groups.invite" -> invite(in);
      case "groups.kick" -> change(in, room -> room.members.remove(in.path("userId").asText()));
      case "im.create" -> direct(in);
      case "chat.sendMessage" -> send(in.path("message"));
      case "chat.getMessage" -> get(in);
      default -> throw new IllegalStateException("error-unknown-method");
    };
  }

  private Map<String, Object> create(JsonNode in) {
    var taken = room(in.path("name").asText());
    if (taken != null) {
      throw new IllegalStateException(
          taken.archived ? "error-archived-duplicate-name" : "error-duplicate-channel-name");
    }
    return group(add(in.path("name").asText(), BOT, in.path("customFields")));
  }

  private Map<String, Object> unarchive(JsonNode in) {
    visible(in).archived = false;
    return new LinkedHashMap<>();
  }

  private Map<String, Object> members(JsonNode in) {
    var ids = List.copyOf(visible(in).members);
    var from = Math.min(in.path("offset").asInt(), ids.size());
    var page = ids.subList(from, Math.min(from + in.path("count").asInt(), ids.size()));
    var members = page.stream().map(id -> Map.of("_id", id, "username", username(id))).toList();
    return new LinkedHashMap<>(Map.of("members", members, "total", ids.size()));
  }

  private Map<String, Object> invite(JsonNode in) {
    var user = users.get(in.path("username").asText());
    if (user == null) {
      throw new IllegalStateException("error-invalid-user");
    }
    return change(in, room -> room.members.add(user));
  }

  private Map<String, Object> direct(JsonNode in) {
    var user = users.get(in.path("username").asText());
    if (user == null) {
      throw new IllegalStateException("error-invalid-user");
    }
    var name = "direct " + user;
    var room = room(name) == null ? add(name, BOT, null) : room(name);
    room.members.add(user);
    return new LinkedHashMap<>(Map.of("room", Map.of("_id", room.id, "rid", room.id)));
  }

  private Map<String, Object> send(JsonNode message) {
    var room = rooms.get(message.path("rid").asText());
    if (room == null || room.archived || !room.members.contains(BOT)) {
      throw new IllegalStateException("error-not-allowed");
    }
    if (messages.putIfAbsent(message.path("_id").asText(), message) != null) {
      throw new IllegalStateException("error-internal");
    }
    return new LinkedHashMap<>(Map.of("message", Map.of("_id", message.path("_id").asText())));
  }

  private Map<String, Object> get(JsonNode in) {
    if (!messages.containsKey(in.path("msgId").asText())) {
      throw new IllegalStateException("error-not-found");
    }
    return new LinkedHashMap<>();
  }

  private Map<String, Object> change(JsonNode in, Consumer<Room> change) {
    var room = visible(in);
    if (room.archived) {
      throw new IllegalStateException("error-room-archived");
    }
    change.accept(room);
    return new LinkedHashMap<>();
  }

  private Room visible(JsonNode in) {
    var room =
        in.has("roomId")
            ? rooms.get(in.path("roomId").asText())
            : room(in.path("roomName").asText());
    if (room == null || !room.members.contains(BOT)) {
      throw new IllegalStateException("error-room-not-found");
    }
    return room;
  }

  private static Map<String, Object> group(Room room) {
    var group = new LinkedHashMap<String, Object>();
    group.put("_id", room.id);
    group.put("name", room.name);
    group.put("u", Map.of("_id", room.creator));
    group.put("customFields", room.customFields);
    group.put("archived", room.archived);
    return new LinkedHashMap<>(Map.of("group", group));
  }

  private String username(String id) {
    return users.entrySet().stream()
        .filter(user -> user.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("gone");
  }

  private static JsonNode input(Received request, URI uri) throws IOException {
    if (request.method().equals("POST")) {
      return JSON.readTree(request.body());
    }
    var parameters = JSON.createObjectNode();
    if (uri.getRawQuery() != null) {
      for (var pair : uri.getRawQuery().split("&")) {
        var parts = pair.split("=", 2);
        parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}
