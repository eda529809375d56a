package org.balsam.platform.messaging.rocketchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.MessagingProperties.RocketChat;
import org.balsam.platform.messaging.SecretFile;
import org.balsam.platform.messaging.http.OutgoingHttp;
import org.balsam.platform.messaging.http.OutgoingHttp.Reply;

/** The methods of Rocket.Chat's REST API under {@code /api/v1}, called as Balsam's user there. */
final class RocketChatApi {

  private static final JsonMapper JSON = new JsonMapper();

  private final SecretFile credentials;
  private final OutgoingHttp http;
  private final HttpUrl base;

  RocketChatApi(RocketChat settings, OutgoingHttp http) {
    this.credentials =
        new SecretFile("balsam.messaging.rocket-chat.credentials-file", settings.credentialsFile());
    this.http = http;
    this.base = http.address(settings.url().toString(), "balsam.messaging.rocket-chat.url");
    credentials.check(2);
  }

  /** The id of Balsam's user. */
  String self() {
    return credentials.lines(2).get(0);
  }

  /**
   * Reads.
   *
   * @param expected errors that are an answer; any other is trouble
   */
  JsonNode get(String method, Map<String, String> parameters, Set<String> expected) {
    var url = url(method);
    parameters.forEach(url::addQueryParameter);
    return answer(http.get(url.build(), headers()), expected);
  }

  /** Changes something. */
  JsonNode post(String method, Map<String, ?> body, Set<String> expected) {
    try {
      return answer(
          http.post(
              url(method).build(), JSON.writeValueAsBytes(body), "application/json", headers()),
          expected);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The error of an answer, empty when it went well. */
  static String error(JsonNode answer) {
    return answer.path("success").asBoolean() ? "" : answer.path("errorType").asText("unknown");
  }

  private HttpUrl.Builder url(String method) {
    return base.newBuilder().addPathSegments("api/v1/" + method);
  }

  private Map<String, String> headers() {
    var lines = credentials.lines(2);
    return Map.of("X-User-Id", lines.get(0), "X-Auth-Token", lines.get(1));
  }

  private JsonNode answer(Reply reply, Set<String> expected) {
    if (reply.status() == 401) {
      throw DeliveryTrouble.temporary("Rocket.Chat does not take the user's id and token");
    }
    if (!reply.isSuccess() && reply.status() != 400) {
      http.require(reply);
    }
    var answer = parsed(reply);
    var error = error(answer);
    if (error.isEmpty() || expected.contains(error)) {
      return answer;
    }
    if (error.equals("error-too-many-requests")) {
      throw DeliveryTrouble.temporary("Rocket.Chat has too many requests");
    }
    throw DeliveryTrouble.permanent(
        "Rocket.Chat says " + (error.matches("[a-z-]{1,60}") ? error : "no"));
  }

  private static JsonNode parsed(Reply reply) {
    try {
      var answer = JSON.readTree(reply.text());
      if (answer != null && answer.isObject()) {
        return answer;
      }
    } catch (JsonProcessingException noJson) {
      // told below, without what was answered
    }
    throw DeliveryTrouble.temporary("what answers is not Rocket.Chat");
  }
}
