package org.balsam.platform.storage.minio;

import io.minio.Http;
import io.minio.Signer;
import io.minio.Time;
import io.minio.Xml;
import io.minio.credentials.AssumeRoleProvider;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.S3Refusal;
import org.balsam.platform.storage.remote.ServerKeys;
import org.balsam.platform.storage.remote.SessionKeys;

/**
 * Keys made by MinIO's own token service. Each is marked with its holder, by which MinIO ends it;
 * the library's provider cannot mark them.
 */
final class MinioSessionKeys implements SessionKeys {

  private static final String REVOKE = "/minio/admin/v3/revoke-tokens/builtin";

  private final HttpUrl endpoint;
  private final String region;
  private final ServerKeys own;
  private final OkHttpClient http;

  MinioSessionKeys(Server server) {
    endpoint = HttpUrl.get(server.endpoint());
    region = server.region();
    own = new ServerKeys(server);
    http = MinioConnection.http(server);
  }

  @Override
  public ServerKeys.Pair issue(String policy, String holder, Duration lifetime) throws IOException {
    var form =
        new FormBody.Builder()
            .add("Action", "AssumeRole")
            .add("Version", "2011-06-15")
            .add("DurationSeconds", Long.toString(lifetime.toSeconds()))
            .add("Policy", policy)
            .add("TokenRevokeType", holder)
            .build();
    var answer = call(endpoint, form, true);
    try {
      var made = Xml.unmarshal(AssumeRoleProvider.Response.class, answer).getCredentials();
      return new ServerKeys.Pair(made.accessKey(), made.secretKey(), made.sessionToken());
    } catch (MinioException malformed) {
      throw new IOException("an answer that is no key", malformed);
    }
  }

  @Override
  public boolean revoke(String holder) throws IOException {
    var url =
        endpoint.newBuilder().encodedPath(REVOKE).addQueryParameter("tokenRevokeType", holder);
    call(url.build(), RequestBody.EMPTY, false);
    return true;
  }

  private String call(HttpUrl url, RequestBody body, boolean token) throws IOException {
    try (var response = http.newCall(signed(url, body, token)).execute()) {
      var text = response.body().string();
      if (!response.isSuccessful()) {
        throw refusal(response, text);
      }
      return text;
    }
  }

  private Request signed(HttpUrl url, RequestBody body, boolean token) throws IOException {
    var content = new Buffer();
    body.writeTo(content);
    var sha256 = content.sha256().hex();
    var request =
        new Request.Builder()
            .url(url)
            .post(body)
            .header("Host", hostOf(url))
            .header(Http.Headers.X_AMZ_DATE, ZonedDateTime.now().format(Time.AMZ_DATE_FORMAT))
            .header(Http.Headers.X_AMZ_CONTENT_SHA256, sha256)
            .build();
    var pair = own.current();
    try {
      return token
          ? Signer.signV4Sts(request, region, pair.access(), pair.secret(), sha256)
          : Signer.signV4S3(request, region, pair.access(), pair.secret(), sha256);
    } catch (MinioException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hostOf(HttpUrl url) {
    return url.port() == HttpUrl.defaultPort(url.scheme())
        ? url.host()
        : url.host() + ":" + url.port();
  }

  private static S3Refusal refusal(Response response, String text) {
    var code = between(text, "Code");
    var message = between(text, "Message");
    return new S3Refusal(
        response.code(), code, message, new IOException("answered " + response.code()));
  }

  /** The token service answers in XML, the administration in JSON; both are small. */
  private static String between(String text, String name) {
    var xml = Pattern.compile("<" + name + ">([^<]{0,500})</" + name + ">");
    var json = Pattern.compile("\"" + name + "\":\"([^\"]{0,500})\"");
    var found = xml.matcher(text);
    if (found.find()) {
      return found.group(1);
    }
    found = json.matcher(text);
    return found.find() ? found.group(1) : "";
  }
}
