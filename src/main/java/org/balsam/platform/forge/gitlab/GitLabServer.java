package org.balsam.platform.forge.gitlab;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.RemoteGit;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;
import org.gitlab4j.models.Constants.TokenType;
import org.glassfish.jersey.client.ClientProperties;

/**
 * The server: calls it with time limits, again after trouble that passes, a bounded number of
 * times. All that is called is safe to repeat.
 */
final class GitLabServer {

  static final int PAGE = 100;

  private static final int MOST_PAGES = 200;
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MS = 200;
  private static final Duration BUDGET = Duration.ofSeconds(30);
  private static final long LONGEST_WAIT_S = 5;

  private final URI url;
  private final GitLabApi api;
  private final GitLabCalls calls;
  private final RemoteGit git;
  private final GitLabErrorMapper errors;

  GitLabServer(ForgeProperties.GitLab settings) {
    url = URI.create(settings.url().toString().replaceAll("/+$", ""));
    var token =
        new SecretLine("balsam.forge.gitlab.token-file", settings.tokenFile(), settings.token());
    var trust = ServerTrust.of("balsam.forge.gitlab.certificates", settings.certificates());
    api =
        new GitLabApi(
            GitLabApi.ApiVersion.V4, url.toString(), TokenType.PRIVATE, "", null, tls(trust));
    api.setAuthTokenSupplier(token);
    api.setRequestTimeout(
        (int) settings.connectTimeout().toMillis(), (int) settings.readTimeout().toMillis());
    calls = new GitLabCalls(api);
    git =
        new RemoteGit(
            "balsam",
            token,
            trust.map(ServerTrust::manager),
            settings.connectTimeout(),
            settings.readTimeout());
    errors = new GitLabErrorMapper(url.toString());
  }

  private static Map<String, Object> tls(Optional<ServerTrust> trust) {
    var properties = new HashMap<String, Object>();
    trust.ifPresent(
        known -> {
          Supplier<SSLContext> supplier = known::context;
          properties.put(ClientProperties.SSL_CONTEXT_SUPPLIER, supplier);
        });
    return properties;
  }

  /** A call. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws GitLabApiException;
  }

  /** A call without a result. */
  @FunctionalInterface
  interface Change {
    void run() throws GitLabApiException;
  }

  /** One page of a list, the first is 1. */
  @FunctionalInterface
  interface Page<T> {
    List<T> read(int number) throws GitLabApiException;
  }

  URI url() {
    return url;
  }

  GitLabApi api() {
    return api;
  }

  GitLabCalls calls() {
    return calls;
  }

  RemoteGit git() {
    return git;
  }

  GitLabErrorMapper errors() {
    return errors;
  }

  /**
   * What the call returns.
   *
   * @param doing what could not be done if it fails, for example "make the group nsi/lfs"
   */
  <T> T of(String doing, Call<T> call) {
    try {
      return tried(doing, call);
    } catch (GitLabApiException trouble) {
      throw errors.of(doing, trouble);
    }
  }

  void change(String doing, Change change) {
    of(
        doing,
        () -> {
          change.run();
          return true;
        });
  }

  /** What the call returns; empty where the server answers 404. */
  <T> Optional<T> find(String doing, Call<T> call) {
    try {
      return Optional.of(tried(doing, call));
    } catch (GitLabApiException trouble) {
      if (trouble.getHttpStatus() == 404) {
        return Optional.empty();
      }
      throw errors.of(doing, trouble);
    }
  }

  /** Makes something; false when the server says that it is there, in whichever way. */
  boolean make(String doing, Change change) {
    try {
      tried(
          doing,
          () -> {
            change.run();
            return true;
          });
      return true;
    } catch (GitLabApiException trouble) {
      if (isTaken(trouble)) {
        return false;
      }
      throw errors.of(doing, trouble);
    }
  }

  private static boolean isTaken(GitLabApiException trouble) {
    var status = trouble.getHttpStatus();
    var said = String.valueOf(trouble.getMessage());
    return status == 409
        || (status == 400 || status == 422) && said.contains("already")
        || status == 400 && said.contains("validation errors: ") && said.contains("path");
  }

  /** All pages; ends at the first that is not full, and never later than after many. */
  <T> List<T> all(String doing, Page<T> page) {
    var all = new ArrayList<T>();
    for (var number = 1; number <= MOST_PAGES; number++) {
      var current = number;
      var items = of(doing, () -> page.read(current));
      all.addAll(items);
      if (items.size() < PAGE) {
        return all;
      }
    }
    throw new ExternalFailure(
        GitFailures.SYSTEM,
        false,
        "could not %s: %s has more than %d entries, or never says which page is the last"
            .formatted(doing, url, MOST_PAGES * PAGE),
        null);
  }

  private <T> T tried(String doing, Call<T> call) throws GitLabApiException {
    var giveUp = System.nanoTime() + BUDGET.toNanos();
    for (var attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (GitLabApiException trouble) {
        var wait = GitLabErrorMapper.retryAfter(trouble).orElse(0L);
        if (!GitLabErrorMapper.isPassing(trouble)
            || attempt == ATTEMPTS
            || wait > LONGEST_WAIT_S
            || System.nanoTime() > giveUp) {
          throw trouble;
        }
        pause(doing, attempt, wait);
      }
    }
  }

  /** Waits longer each time, each caller differently long, and not less than the server asks. */
  static void pause(String doing, int attempt, long atLeastSeconds) {
    var longest = FIRST_PAUSE_MS << Math.min(attempt - 1, 4);
    try {
      Thread.sleep(
          atLeastSeconds * 1000 + ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ExternalFailure(
          GitFailures.SYSTEM, true, "was stopped while trying to " + doing, stopping);
    }
  }
}
