package org.balsam.process.engine;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.balsam.process.engine.EngineFixture.Cast;
import org.jspecify.annotations.Nullable;

/** A client as programs and browsers are: with a password, or with a session and its tokens. */
final class Http {

  private final URI base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final @Nullable String person;

  private Http(int port, @Nullable String person) {
    this.base = URI.create("http://127.0.0.1:" + port);
    this.person = person;
  }

  static Http anonymous(int port) {
    return new Http(port, null);
  }

  static Http basic(int port, String person) {
    return new Http(port, person);
  }

  /** Signs in on the page and opens Tasklist. */
  static Http browser(int port, String person) throws Exception {
    var http = new Http(port, null);
    http.signIn(person, Cast.password(person));
    http.get("/camunda/app/tasklist/default/");
    return http;
  }

  HttpResponse<String> signIn(String user, String password) throws Exception {
    var page = get("/login").body();
    var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
    if (!token.find()) {
      throw new IllegalStateException(page);
    }
    return send(
        request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "username="
                        + form(user)
                        + "&password="
                        + form(password)
                        + "&_csrf="
                        + form(token.group(1)))));
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  HttpResponse<String> json(String method, String path, String body) throws Exception {
    var request = request(path).header("Content-Type", "application/json");
    xsrf(request, path);
    return send(request.method(method, BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(base.resolve(path));
    if (person != null) {
      var pair = (person + ":" + Cast.password(person)).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return request;
  }

  @Nullable String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(java.net.HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  private void xsrf(HttpRequest.Builder request, String path) {
    var token = cookie("XSRF-TOKEN");
    if (path.startsWith("/camunda") && token != null) {
      request.header("X-XSRF-TOKEN", token);
    }
  }

  private static String form(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
