package org.balsam.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does between Balsam and Keycloak: cookies by server, redirects, one form. */
public final class KeycloakBrowser {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private static final Pattern FORM =
      Pattern.compile("<form[^>]*id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"", Pattern.DOTALL);

  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"");

  private final URI balsam;
  private final Map<String, Map<String, String>> cookies = new HashMap<>();
  private final List<URI> visited = new ArrayList<>();

  public KeycloakBrowser(URI balsam) {
    this.balsam = balsam;
  }

  /** Every address that the last {@link #open} or {@link #signIn} led through. */
  public List<URI> visited() {
    return List.copyOf(visited);
  }

  /** Opens a page as a person does, wherever it leads. */
  public HttpResponse<String> open(String path) {
    visited.clear();
    return follow(page(balsam.resolve(path)).GET());
  }

  /** One request to Balsam as a page's script makes it, without following where it leads. */
  public HttpResponse<String> get(String path) {
    return send(
        HttpRequest.newBuilder(balsam.resolve(path)).header("Accept", "application/json").GET());
  }

  /** Sends JSON to Balsam as the engine's web applications do, with their token. */
  public HttpResponse<String> post(String path, String json) {
    var request =
        HttpRequest.newBuilder(balsam.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    var token = cookie("XSRF-TOKEN");
    if (!token.isEmpty()) {
      request.header("X-XSRF-TOKEN", token);
    }
    return send(request);
  }

  /** Opens a page, signs in on Keycloak's form, and comes back. */
  public HttpResponse<String> signIn(String path, String login, String password) {
    return submit(open(path), login, password);
  }

  /** Fills the form of Keycloak that was shown. */
  public HttpResponse<String> submit(HttpResponse<String> shown, String login, String password) {
    return follow(form(shown, login, password));
  }

  /** Presses the button of that name of the first form that is shown. */
  public HttpResponse<String> press(HttpResponse<String> shown, String button) {
    var action = ACTION.matcher(shown.body());
    if (!action.find()) {
      throw new IllegalStateException(shown.uri() + " has no form: " + shown.body());
    }
    var fields =
        HIDDEN
            .matcher(shown.body())
            .results()
            .map(field -> encoded(field.group(1)) + "=" + encoded(field.group(2)))
            .collect(Collectors.joining("&"));
    return follow(
        page(shown.uri().resolve(action.group(1).replace("&amp;", "&")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields + "&" + encoded(button) + "=Yes")));
  }

  /** Fills the form and gives the address in Balsam that Keycloak leads to, unvisited. */
  public String callback(HttpResponse<String> shown, String login, String password) {
    return send(form(shown, login, password)).headers().firstValue("Location").orElseThrow();
  }

  /** The value of Balsam's cookie; empty without one. */
  public String cookie(String name) {
    return cookies.getOrDefault(balsam.getAuthority(), Map.of()).getOrDefault(name, "");
  }

  /** Whether this is the form that asks for a password. */
  public static boolean asksForPassword(HttpResponse<String> page) {
    return FORM.matcher(page.body()).find();
  }

  private HttpRequest.Builder form(HttpResponse<String> shown, String login, String password) {
    var form = FORM.matcher(shown.body());
    if (!form.find()) {
      throw new IllegalStateException(shown.statusCode() + " " + shown.uri() + " " + shown.body());
    }
    return page(URI.create(form.group(1).replace("&amp;", "&")))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            BodyPublishers.ofString(
                "username=" + encoded(login) + "&password=" + encoded(password)));
  }

  private HttpResponse<String> follow(HttpRequest.Builder request) {
    var answer = send(request);
    for (var hop = 0; hop < 10 && answer.statusCode() / 100 == 3; hop++) {
      var next = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
      visited.add(next);
      answer = send(page(next).GET());
    }
    return answer;
  }

  private static HttpRequest.Builder page(URI address) {
    return HttpRequest.newBuilder(address).header("Accept", "text/html");
  }

  private HttpResponse<String> send(HttpRequest.Builder builder) {
    var address = builder.build().uri();
    var kept = cookies.computeIfAbsent(address.getAuthority(), key -> new HashMap<>());
    if (!kept.isEmpty()) {
      var header = new StringBuilder();
      kept.forEach((name, value) -> header.append(name).append('=').append(value).append("; "));
      builder.header("Cookie", header.substring(0, header.length() - 2));
    }
    try {
      var answer =
          HTTP.send(builder.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(cookie -> keep(kept, cookie));
      return answer;
    } catch (IOException failure) {
      throw new IllegalStateException(address.toString(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static void keep(Map<String, String> kept, String cookie) {
    var pair = cookie.substring(0, (cookie + ";").indexOf(';'));
    var name = pair.substring(0, pair.indexOf('='));
    if (cookie.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
      kept.remove(name);
    } else {
      kept.put(name, pair.substring(pair.indexOf('=') + 1));
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
