package org.balsam.platform.library;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Knowledge libraries: Git repositories of this and other organisations, whose articles, resources
 * and templates people find, read and copy.
 *
 * @param sources the libraries, by an id of your choice; each has {@code name}, {@code url} (of the
 *     repository, {@code https}), and may have {@code description}, {@code organisation}, {@code
 *     branch} (the server's own choice unless set), {@code page} (where people browse it), {@code
 *     language} ({@code sv}, {@code en} or {@code other}: what a text is taken for that does not
 *     say and does not show it; {@code en} unless set), {@code token-file} (a file whose first line
 *     is the token or password of a private repository; read at every call), {@code user} (the
 *     account of the token; {@code balsam} unless set), {@code projects} (whose members see it;
 *     everybody who is signed in unless named) and {@code offers-to} (the project of this
 *     installation that keeps the library and is offered items)
 * @param allowedHosts hosts of repositories that may have addresses inside the network, and may be
 *     called by {@code http}; all others must be public and {@code https}
 * @param certificates a PEM file with the authorities that servers' certificates are trusted by,
 *     instead of those of Java
 * @param refresh how long a library is used before its server is asked for a newer commit; 10 s or
 *     more
 * @param connectTimeout how long a server may take to accept a connection; 1 s to 30 s
 * @param timeLimit how long fetching a library may take with everything; 1 s to 10 min
 * @param largestTransfer how much a server may send for one library; 1 MB to 1 GB
 */
@ConfigurationProperties("balsam.libraries")
public record LibraryProperties(
    @DefaultValue Map<String, Source> sources,
    @DefaultValue Set<String> allowedHosts,
    @Nullable Path certificates,
    @DefaultValue("15m") Duration refresh,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("2m") Duration timeLimit,
    @DefaultValue("128MB") DataSize largestTransfer) {

  private static final String PREFIX = "balsam.libraries.";
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
  private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}");
  private static final Set<String> LANGUAGES = Set.of("sv", "en", "other");

  public LibraryProperties {
    allowedHosts =
        allowedHosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    sources = Map.copyOf(sources);
    check("refresh", refresh.toSeconds() >= 10, refresh + "; allowed: 10s or more");
    check("connect-timeout", within(connectTimeout, 30), connectTimeout + "; allowed: 1s to 30s");
    check("time-limit", within(timeLimit, 600), timeLimit + "; allowed: 1s to 10m");
    check(
        "largest-transfer",
        largestTransfer.toMegabytes() >= 1 && largestTransfer.toGigabytes() <= 1,
        largestTransfer + "; allowed: 1MB to 1GB");
    for (var source : new TreeMap<>(sources).entrySet()) {
      check(source.getKey(), source.getValue(), allowedHosts);
    }
  }

  /** A library, described at {@code sources}. */
  public record Source(
      String name,
      @DefaultValue("") String description,
      @DefaultValue("") String organisation,
      URI url,
      @Nullable String branch,
      @Nullable URI page,
      @DefaultValue("en") String language,
      @DefaultValue("balsam") String user,
      @Nullable Path tokenFile,
      @DefaultValue Set<String> projects,
      @Nullable String offersTo) {

    public Source {
      projects = Set.copyOf(projects);
    }

    Remote remote() {
      return new Remote(url, user, tokenFile);
    }
  }

  /** Whether a repository at the address may be called. */
  public boolean isAddress(@Nullable URI url) {
    return isAddress(url, allowedHosts);
  }

  private static void check(String id, Source source, Set<String> insiders) {
    var key = "sources." + id;
    check(
        key,
        ID.matcher(id).matches() && id.length() <= 32,
        "an id; allowed: 1 to 32 lower-case letters, digits and single '-', a letter first");
    check(key + ".name", isLine(source.name), "not set, or not one line of 1 to 100 characters");
    check(
        key + ".url",
        isAddress(source.url, insiders),
        "no address of a repository that may be called; allowed: https://host/path without user"
            + " name, query and fragment, and http for the hosts of "
            + PREFIX
            + "allowed-hosts");
    check(
        key + ".page",
        source.page == null || isAddress(source.page, Set.of()),
        source.page + "; allowed: https://host/path");
    check(
        key + ".branch",
        source.branch == null || BRANCH.matcher(source.branch).matches(),
        "not the name of a branch");
    check(
        key + ".language",
        LANGUAGES.contains(source.language),
        source.language + "; allowed: sv, en, other");
    source.projects.forEach(project -> checkProject(key + ".projects", project));
    if (source.offersTo != null) {
      checkProject(key + ".offers-to", source.offersTo);
    }
  }

  private static void checkProject(String key, String project) {
    try {
      new ProjectId(project);
    } catch (Invalid none) {
      check(key, false, "'" + project + "', which is not the id of a project");
    }
  }

  private static boolean isLine(@Nullable String text) {
    return text != null && !text.isBlank() && text.length() <= 100 && text.lines().count() == 1;
  }

  private static boolean isAddress(@Nullable URI url, Set<String> insiders) {
    return url != null
        && url.getHost() != null
        && ("https".equals(url.getScheme())
            || "http".equals(url.getScheme())
                && insiders.contains(url.getHost().toLowerCase(Locale.ROOT)))
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  private static boolean within(Duration duration, int seconds) {
    return duration.toSeconds() >= 1 && duration.toSeconds() <= seconds;
  }

  private static void check(String key, boolean right, String otherwise) {
    if (!right) {
      throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, "is " + otherwise);
    }
  }
}
