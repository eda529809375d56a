package org.balsam.platform.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.registry.RegistryProperties.Mlflow;

/**
 * Requests to MLflow's REST API 2.0. Nothing is repeated here: a failed service task is tried again
 * by the engine. A request ends with its answer at the time limit. Safe from any thread.
 */
final class MlflowApi {

  private static final JsonMapper JSON = new JsonMapper();
  private static final MediaType TYPE = MediaType.get("application/json; charset=utf-8");
  private static final long LONGEST_ANSWER = 4L << 20;

  private final OkHttpClient client;
  private final HttpUrl base;
  private final MlflowCredentials credentials;

  MlflowApi(Mlflow settings) {
    var url = HttpUrl.get(settings.url());
    if (url == null) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "balsam.registry.mlflow.url", "is no address");
    }
    this.base = url;
    this.credentials = new MlflowCredentials(settings.credentialsFile());
    var builder =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.timeLimit())
            .writeTimeout(settings.timeLimit())
            .callTimeout(settings.timeLimit());
    ServerTrust.of("balsam.registry.mlflow.certificates", settings.certificates())
        .ifPresent(
            trust -> builder.sslSocketFactory(trust.context().getSocketFactory(), trust.manager()));
    this.client = builder.build();
  }

  /** An answer; empty when the server says that there is no such thing. */
  Optional<JsonNode> find(String method, Map<String, String> parameters) {
    var url = url(method);
    parameters.forEach(url::addQueryParameter);
    return call(new Request.Builder().url(url.build()));
  }

  /** An answer to a question whose answer always exists. */
  JsonNode get(String method, Map<String, String> parameters) {
    return find(method, parameters).orElseThrow(() -> MlflowErrorMapper.missing(method));
  }

  /** Makes something. */
  JsonNode post(String method, Map<String, ?> body) {
    return send("POST", method, body).orElseThrow(() -> MlflowErrorMapper.missing(method));
  }

  /** Removes something; does nothing when it is not there. */
  void delete(String method, Map<String, ?> body) {
    send("DELETE", method, body);
  }

  private Optional<JsonNode> send(String verb, String method, Map<String, ?> body) {
    try {
      var content = RequestBody.create(JSON.writeValueAsBytes(body), TYPE);
      return call(new Request.Builder().url(url(method).build()).method(verb, content));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private HttpUrl.Builder url(String method) {
    return base.newBuilder().addPathSegments("api/2.0/mlflow/" + method);
  }

  private Optional<JsonNode> call(Request.Builder request) {
    credentials.header().ifPresent(value -> request.header("Authorization", value));
    try (var response = client.newCall(request.build()).execute()) {
      var text = response.peekBody(LONGEST_ANSWER).string();
      if (response.isSuccessful()) {
        return Optional.of(parsed(text));
      }
      if (MlflowErrorMapper.isMissing(response.code(), error(text))) {
        return Optional.empty();
      }
      throw MlflowErrorMapper.refused(response.code(), error(text));
    } catch (IOException trouble) {
      throw MlflowErrorMapper.unreachable(trouble);
    }
  }

  /** The code of an error, empty when the answer has none. */
  private static String error(String text) {
    try {
      var answer = JSON.readTree(text.getBytes(StandardCharsets.UTF_8));
      return answer == null ? "" : answer.path("error_code").asText();
    } catch (IOException noJson) {
      return "";
    }
  }

  private static JsonNode parsed(String text) {
    try {
      var answer = JSON.readTree(text);
      if (answer != null && answer.isObject()) {
        return answer;
      }
    } catch (JsonProcessingException noJson) {
      throw notMlflow(noJson);
    }
    throw notMlflow(null);
  }

  private static ExternalFailure notMlflow(JsonProcessingException cause) {
    return new ExternalFailure(
        MlflowErrorMapper.SYSTEM, true, "what answers there is not MLflow", cause);
  }
}
