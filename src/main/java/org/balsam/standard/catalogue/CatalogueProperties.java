package org.balsam.standard.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates of workspaces besides the built-in ones.
 *
 * @param folder a folder with one folder for each template; read at start
 * @param git repositories that have the folder {@code workspaces}, by a name of your choice; each
 *     has {@code url} ({@code https}, or {@code http} for the hosts of {@code
 *     balsam.libraries.allowed-hosts}) and {@code commit} (40 hexadecimal digits), and may have
 *     {@code token-file} (a file whose first line is the token or password; read at every call) and
 *     {@code user} (the account of the token; {@code balsam} unless set)
 * @param retry how long until a repository that could not be fetched is asked again; 10 s or more
 */
@ConfigurationProperties("balsam.workspace-templates")
public record CatalogueProperties(
    @Nullable Path folder,
    @DefaultValue Map<String, Pinned> git,
    @DefaultValue("1m") Duration retry) {

  static final String PREFIX = "balsam.workspace-templates.";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  public CatalogueProperties {
    git = Map.copyOf(git);
    check(
        "folder",
        folder == null || folder.toFile().isDirectory(),
        folder + ", which is not a folder; allowed: a folder with one folder for each template");
    check("retry", retry.toSeconds() >= 10, retry + "; allowed: 10s or more");
    for (var one : new TreeMap<>(git).entrySet()) {
      var key = "git." + one.getKey();
      check(
          key,
          NAME.matcher(one.getKey()).matches(),
          "a name; allowed: 1 to 32 lower-case letters, digits and '-', a letter first");
      check(
          key + ".commit",
          one.getValue().commit != null && COMMIT.matcher(one.getValue().commit).matches(),
          "'%s'; allowed: the 40 hexadecimal digits of a commit".formatted(one.getValue().commit));
    }
  }

  /** A repository at one commit, described at {@code git}. */
  public record Pinned(
      URI url, String commit, @DefaultValue("balsam") String user, @Nullable Path tokenFile) {}

  private static void check(String key, boolean right, String otherwise) {
    if (!right) {
      throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, "is " + otherwise);
    }
  }
}
