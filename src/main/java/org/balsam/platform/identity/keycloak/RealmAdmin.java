package org.balsam.platform.identity.keycloak;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.balsam.kernel.ExternalFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * The few calls of Keycloak's administration API that Balsam makes, with its service account. What
 * is not there is empty; everything else that fails is an {@link ExternalFailure}.
 */
final class RealmAdmin {

  private static final int PAGE = 100;
  private static final int MOST = 10_000;
  private static final Duration SPARE = Duration.ofSeconds(10);
  private static final ParameterizedTypeReference<List<Group>> GROUPS =
      new ParameterizedTypeReference<>() {};
  private static final ParameterizedTypeReference<List<User>> USERS =
      new ParameterizedTypeReference<>() {};

  private final RealmConnection connection;
  private final RestClient rest;
  private final RestClientClientCredentialsTokenResponseClient tokens =
      new RestClientClientCredentialsTokenResponseClient();
  private final AtomicReference<@Nullable OAuth2AccessToken> token = new AtomicReference<>();
  private final Clock clock;

  RealmAdmin(RealmConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
    this.tokens.setRestClient(connection.tokens());
    this.rest =
        connection
            .admin()
            .requestInterceptor(
                (request, body, next) -> {
                  request.getHeaders().setBearerAuth(token().getTokenValue());
                  return next.execute(request, body);
                })
            .build();
  }

  /**
   * An account of a person or of a client.
   *
   * @param id the {@code sub} of its tokens
   */
  record User(
      String id,
      String username,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String email,
      boolean enabled) {}

  /** A group; attributes only where they were asked for. */
  record Group(
      String id, String name, String path, @Nullable Map<String, List<String>> attributes) {}

  Optional<User> user(String id) {
    return optional(() -> rest.get().uri("/users/{id}", id).retrieve().body(User.class));
  }

  /** The account with exactly this name. */
  Optional<User> userNamed(String name) {
    return call(
        () ->
            rest
                .get()
                .uri("/users?username={name}&exact=true&briefRepresentation=true", name)
                .retrieve()
                .body(USERS)
                .stream()
                .filter(user -> user.username().equals(name))
                .findFirst());
  }

  /** Whether the account is a client's: the search for people does not show it. */
  boolean isServiceAccount(User user) {
    return call(
        () ->
            rest
                .get()
                .uri("/users?search={name}&briefRepresentation=true", '"' + user.username() + '"')
                .retrieve()
                .body(USERS)
                .stream()
                .noneMatch(person -> person.id().equals(user.id())));
  }

  /** A page of the people whose name, login name or address contains the word; all for none. */
  List<User> users(String word, int first, int count) {
    return call(
        () ->
            rest.get()
                .uri(
                    "/users?search={word}&first={first}&max={count}&briefRepresentation=true",
                    word.isEmpty() ? "" : "*" + word + "*",
                    first,
                    count)
                .retrieve()
                .body(USERS));
  }

  List<Group> groupsOf(String user) {
    return optional(
            () ->
                pages(
                    first ->
                        rest.get()
                            .uri("/users/{id}/groups?first={first}&max={max}", user, first, PAGE)
                            .retrieve()
                            .body(GROUPS)))
        .orElse(List.of());
  }

  List<User> members(String group) {
    return optional(
            () ->
                pages(
                    first ->
                        rest.get()
                            .uri(
                                "/groups/{id}/members?first={first}&max={max}&briefRepresentation=true",
                                group,
                                first,
                                PAGE)
                            .retrieve()
                            .body(USERS)))
        .orElse(List.of());
  }

  Optional<Group> group(String id) {
    return optional(() -> rest.get().uri("/groups/{id}", id).retrieve().body(Group.class));
  }

  /** The group with exactly this name at the top, or directly below the parent. */
  Optional<Group> child(@Nullable String parent, String name) {
    var found =
        parent == null
            ? call(
                () ->
                    rest.get()
                        .uri(
                            "/groups?search={name}&exact=true&briefRepresentation=false&max={max}",
                            name,
                            PAGE)
                        .retrieve()
                        .body(GROUPS))
            : call(
                () ->
                    rest.get()
                        .uri(
                            "/groups/{id}/children?search={name}&exact=true"
                                + "&briefRepresentation=false&max={max}",
                            parent,
                            name,
                            PAGE)
                        .retrieve()
                        .body(GROUPS));
    return found.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** The groups directly below the parent whose names begin with the prefix, at most a page. */
  List<Group> children(String parent, String prefix) {
    return call(
            () ->
                rest.get()
                    .uri(
                        "/groups/{id}/children?search={name}&briefRepresentation=false&max={max}",
                        parent,
                        prefix,
                        PAGE)
                    .retrieve()
                    .body(GROUPS))
        .stream()
        .filter(group -> group.name().startsWith(prefix))
        .toList();
  }

  /** Makes a group and gives its id; empty when one of that name is there. */
  Optional<String> create(
      @Nullable String parent, String name, Map<String, List<String>> attributes) {
    try {
      return Optional.of(
          call(
              () -> {
                var post =
                    parent == null
                        ? rest.post().uri("/groups")
                        : rest.post().uri("/groups/{id}/children", parent);
                return lastSegment(
                    post.contentType(MediaType.APPLICATION_JSON)
                        .body(Map.of("name", name, "attributes", attributes))
                        .retrieve()
                        .toBodilessEntity()
                        .getHeaders()
                        .getFirst(HttpHeaders.LOCATION));
              }));
    } catch (ExternalFailure failure) {
      if (failure.getCause() instanceof HttpClientErrorException.Conflict) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  void delete(String group) {
    optional(() -> rest.delete().uri("/groups/{id}", group).retrieve().toBodilessEntity());
  }

  void join(String user, String group) {
    call(
        () ->
            rest.put()
                .uri("/users/{user}/groups/{group}", user, group)
                .retrieve()
                .toBodilessEntity());
  }

  void leave(String user, String group) {
    optional(
        () ->
            rest.delete()
                .uri("/users/{user}/groups/{group}", user, group)
                .retrieve()
                .toBodilessEntity());
  }

  private static <T> List<T> pages(IntFunction<List<T>> page) {
    var all = new ArrayList<T>();
    List<T> next;
    do {
      next = page.apply(all.size());
      all.addAll(next);
    } while (next.size() == PAGE && all.size() < MOST);
    return all;
  }

  private <T> Optional<T> optional(Supplier<T> work) {
    try {
      return Optional.of(call(work));
    } catch (ExternalFailure failure) {
      if (failure.getCause() instanceof HttpClientErrorException.NotFound) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** A token that the server forgot, for example in a restart, is replaced once. */
  private <T> T call(Supplier<T> work) {
    try {
      try {
        return work.get();
      } catch (HttpClientErrorException.Unauthorized forgotten) {
        token.set(null);
        return work.get();
      }
    } catch (RuntimeException failure) {
      throw KeycloakErrorMapper.map(failure);
    }
  }

  /** The access token of Balsam itself. */
  String ownToken() {
    return call(() -> token().getTokenValue());
  }

  private OAuth2AccessToken token() {
    var known = token.get();
    if (known != null && known.getExpiresAt().isAfter(clock.instant().plus(SPARE))) {
      return known;
    }
    var fresh =
        tokens
            .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(connection.forBalsam()))
            .getAccessToken();
    token.set(fresh);
    return fresh;
  }

  private static String lastSegment(String location) {
    var path = URI.create(location).getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
