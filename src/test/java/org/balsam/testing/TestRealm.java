package org.balsam.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A realm of a real Keycloak for one test class, made from {@code deploy/keycloak/}, as its
 * administrator sees it.
 */
public final class TestRealm {

  /** The secret of Balsam's client, and of every client that a test adds. */
  public static final String SECRET = "secret";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI server;
  private final String name;
  private String token = "";
  private Instant tokenSince = Instant.EPOCH;

  private TestRealm(URI server, String name) {
    this.server = server;
    this.name = name;
  }

  /** A fresh realm whose client knows a Balsam at {@code balsam}. */
  public static TestRealm create(URI server, String name, String balsam) {
    var realm = new TestRealm(server, name);
    realm.admin("DELETE", "/realms/" + name, null);
    try {
      var text =
          Files.readString(Path.of("deploy", "keycloak", "nsi-realm.json"))
              .replace("\"realm\": \"nsi\"", "\"realm\": \"" + name + "\"")
              .replace("${BALSAM_CLIENT_SECRET}", SECRET)
              .replace("${BALSAM_URL}", balsam);
      if (text.contains("${")) {
        throw new IllegalStateException("a variable of the realm is not filled: " + text);
      }
      realm.succeed(realm.admin("POST", "/realms", JSON.readTree(text)));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    return realm;
  }

  public String issuer() {
    return server + "/realms/" + name;
  }

  /** Lets browsers come back to another address, for a Balsam whose port is known late. */
  public void balsamIsAt(String balsam) {
    var client = client("balsam");
    succeed(
        admin(
            "PUT",
            realm("/clients/" + client),
            Map.of("redirectUris", List.of(balsam + "/login/oauth2/code/keycloak"))));
  }

  /** Adds a person, who cannot sign in with an empty password; gives the account's id. */
  public String addPerson(String login, String first, String last, String email, String password) {
    succeed(
        admin(
            "POST",
            realm("/users"),
            Map.of(
                "username", login,
                "firstName", first,
                "lastName", last,
                "email", email,
                "emailVerified", true,
                "enabled", true,
                "credentials",
                    password.isEmpty()
                        ? List.of()
                        : List.of(
                            Map.of("type", "password", "value", password, "temporary", false)))));
    return account(login);
  }

  /** The account of that login name. */
  public String account(String login) {
    return read(realm("/users?exact=true&username=" + login)).path(0).path("id").asText();
  }

  /** Changes what is given of an account. */
  public void change(String account, Map<String, ?> values) {
    succeed(admin("PUT", realm("/users/" + account), values));
  }

  /** Allows what realms usually forbid, for example that login names change. */
  public void changeRealm(Map<String, ?> values) {
    succeed(admin("PUT", "/realms/" + name, values));
  }

  /** Removes all accounts and every group that the file of the realm does not have. */
  public void clear() {
    read(realm("/users?max=1000")).findValuesAsText("id").forEach(this::removeAccount);
    for (var kind : List.of("production", "models", "lab", "platform/administrator")) {
      var children = realm("/groups/" + group("/nsi/" + kind) + "/children?max=1000");
      read(children).forEach(group -> removeGroup(group.path("id").asText()));
    }
    read(realm("/groups?max=1000"))
        .forEach(
            group -> {
              if (!group.path("name").asText().equals("nsi")) {
                removeGroup(group.path("id").asText());
              }
            });
  }

  public void removeAccount(String account) {
    succeed(admin("DELETE", realm("/users/" + account), null));
  }

  /** The id of the group at the path; empty when there is none. */
  public String group(String path) {
    return read(realm("/group-by-path" + path)).path("id").asText();
  }

  /** Makes a group below another one, or at the top for an empty path. */
  public String addGroup(String above, String group, Map<String, List<String>> attributes) {
    var where = above.isEmpty() ? "/groups" : "/groups/" + group(above) + "/children";
    succeed(admin("POST", realm(where), Map.of("name", group, "attributes", attributes)));
    return group(above + "/" + group);
  }

  /** The names of the groups directly below. */
  public List<String> childrenOf(String path) {
    return read(realm("/groups/" + group(path) + "/children?max=100")).findValuesAsText("name");
  }

  public void removeGroup(String id) {
    succeed(admin("DELETE", realm("/groups/" + id), null));
  }

  public void renameGroup(String id, String to) {
    succeed(admin("PUT", realm("/groups/" + id), Map.of("name", to)));
  }

  public void join(String account, String group) {
    succeed(admin("PUT", realm("/users/" + account + "/groups/" + group), null));
  }

  public void leave(String account, String group) {
    succeed(admin("DELETE", realm("/users/" + account + "/groups/" + group), null));
  }

  /** Adds a client whose service account and whose people get tokens for the audience. */
  public void addClient(String id, String audience) {
    succeed(
        admin(
            "POST",
            realm("/clients"),
            Map.of(
                "clientId", id,
                "secret", SECRET,
                "publicClient", false,
                "standardFlowEnabled", false,
                "directAccessGrantsEnabled", true,
                "serviceAccountsEnabled", true,
                "protocolMappers",
                    List.of(
                        Map.of(
                            "name", "audience",
                            "protocol", "openid-connect",
                            "protocolMapper", "oidc-audience-mapper",
                            "config",
                                Map.of(
                                    "included.custom.audience",
                                    audience,
                                    "access.token.claim",
                                    "true"))))));
  }

  /** Changes what is given of a client. */
  public void changeClient(String id, Map<String, ?> values) {
    succeed(admin("PUT", realm("/clients/" + client(id)), values));
  }

  /** The account of a client. */
  public String serviceAccount(String client) {
    return read(realm("/clients/" + client(client) + "/service-account-user")).path("id").asText();
  }

  /** An answer of the token endpoint for a person. */
  public JsonNode tokens(String client, String login, String password) {
    return token(
        Map.of(
            "grant_type", "password",
            "scope", "openid",
            "client_id", client,
            "client_secret", SECRET,
            "username", login,
            "password", password));
  }

  /** What a person is asked to confirm for a client without a browser. */
  public JsonNode deviceCode(String client) {
    return json(
        post(issuer() + "/protocol/openid-connect/auth/device", Map.of("client_id", client)));
  }

  /** An answer of the token endpoint for what a person confirmed, or did not. */
  public JsonNode deviceTokens(String client, String code) {
    return token(
        Map.of(
            "grant_type", "urn:ietf:params:oauth:grant-type:device_code",
            "client_id", client,
            "device_code", code));
  }

  /** The access token of a client itself. */
  public String serviceToken(String client) {
    return token(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", client,
                "client_secret", SECRET))
        .path("access_token")
        .asText();
  }

  /** How many sessions the account has. */
  public int sessions(String account) {
    return read(realm("/users/" + account + "/sessions")).size();
  }

  private String client(String id) {
    return read(realm("/clients?clientId=" + id)).path(0).path("id").asText();
  }

  private String realm(String path) {
    return "/realms/" + name + path;
  }

  private JsonNode token(Map<String, String> form) {
    return json(post(issuer() + "/protocol/openid-connect/token", form));
  }

  private JsonNode read(String path) {
    return json(admin("GET", path, null));
  }

  /** Checking a password takes Keycloak a while; its administrator's tokens last a minute. */
  private synchronized String token() {
    if (Instant.now().isAfter(tokenSince.plusSeconds(40))) {
      tokenSince = Instant.now();
      token =
          json(post(
                  server + "/realms/master/protocol/openid-connect/token",
                  Map.of(
                      "grant_type", "password",
                      "client_id", "admin-cli",
                      "username", "admin",
                      "password", "adminsecret")))
              .path("access_token")
              .asText();
    }
    return token;
  }

  private HttpResponse<String> admin(String method, String path, Object body) {
    try {
      var content =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(JSON.writeValueAsString(body));
      return send(
          HttpRequest.newBuilder(URI.create(server + "/admin" + path))
              .header("Authorization", "Bearer " + token())
              .header("Content-Type", "application/json")
              .method(method, content));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private HttpResponse<String> post(String address, Map<String, String> form) {
    var body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException notJson) {
      throw new UncheckedIOException(answer.statusCode() + " " + answer.body(), notJson);
    }
  }

  private void succeed(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
    }
  }
}
