package org.balsam.platform.forge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where code is kept.
 *
 * @param type {@code local} keeps bare repositories under {@code balsam.home} in the folder {@code
 *     git}; {@code gitlab} keeps them on the server in {@code balsam.forge.gitlab}
 * @param gitlab settings of the type {@code gitlab}
 */
@ConfigurationProperties("balsam.forge")
public record ForgeProperties(@DefaultValue("local") Type type, @Nullable GitLab gitlab) {

  /** The kinds of forge. */
  public enum Type {
    LOCAL,
    GITLAB
  }

  public ForgeProperties {
    if (type == Type.GITLAB && gitlab == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.forge.gitlab.url",
          "is not set, but balsam.forge.type is 'gitlab'; give the address of the server, for"
              + " example https://gitlab.nsi.example");
    }
  }

  /**
   * The settings of the GitLab server.
   *
   * @throws IllegalStateException for another type
   */
  public GitLab requireGitLab() {
    if (gitlab == null) {
      throw new IllegalStateException("balsam.forge.type is " + type);
    }
    return gitlab;
  }

  /**
   * A GitLab server, and how it is called. Its secrets come from files, the environment or a folder
   * of secrets ({@code configtree:}), and never appear in a text of this class.
   *
   * @param url the server's address, {@code https://} or {@code http://}, for example {@code
   *     https://gitlab.nsi.example}
   * @param group the path of an existing group, below which Balsam makes one group per project, for
   *     example {@code nsi/production}
   * @param token the access token, where there is no {@code token-file}; by an environment variable
   *     or {@code configtree:}, not on the command line
   * @param tokenFile a file whose first line is Balsam's access token; read at every call, so that
   *     the token is exchanged without a restart
   * @param certificates a PEM file with the authorities that the server's certificate is trusted
   *     by, instead of those of Java
   * @param connectTimeout how long the server may take to accept a connection
   * @param readTimeout how long the server may be silent within an answer
   * @param hook how the server tells of what people do there; without it, it does not
   */
  public record GitLab(
      URI url,
      String group,
      @Nullable Path tokenFile,
      @Nullable String token,
      @Nullable Path certificates,
      @DefaultValue("5s") Duration connectTimeout,
      @DefaultValue("20s") Duration readTimeout,
      @Nullable Hook hook) {

    private static final String PREFIX = "balsam.forge.gitlab.";
    private static final Pattern GROUP =
        Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*){0,8}");

    public GitLab {
      check("url", isAddress(url), url + " is not of the form https://host:port");
      check(
          "group",
          group != null && GROUP.matcher(group).matches(),
          "'" + group + "' is not the path of a group, for example nsi/production");
      check(
          "token-file",
          tokenFile != null ^ token != null,
          "either this key is set, or token is; a file can be exchanged without a restart");
      check("connect-timeout", isPositive(connectTimeout), connectTimeout + " is not positive");
      check("read-timeout", isPositive(readTimeout), readTimeout + " is not positive");
    }

    /** Where the code of a project is below {@code group}. */
    public String path(ProjectId project) {
      return group + "/" + project + "/" + project;
    }

    /** The project whose code is at a path; empty where none is of this installation. */
    public Optional<ProjectId> projectAt(String path) {
      try {
        return Optional.of(new ProjectId(path.substring(path.lastIndexOf('/') + 1)))
            .filter(project -> path(project).equals(path));
      } catch (Invalid otherName) {
        return Optional.empty();
      }
    }

    private static boolean isAddress(@Nullable URI url) {
      return url != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null;
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }

    private static void check(String key, boolean right, String otherwise) {
      if (!right) {
        throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, otherwise);
      }
    }

    @Override
    public String toString() {
      return "GitLab[" + url + ", " + group + "]";
    }
  }

  /**
   * Events that a GitLab server sends to {@code /api/v1/hooks/gitlab}.
   *
   * @param url the address where events arrive as the server reaches it, which Balsam sets in each
   *     project that it makes, for example {@code https://balsam.nsi.example/api/v1/hooks/gitlab};
   *     without it somebody sets it at the server
   * @param tokenFile a file whose first line is the token that the server sends with an event, at
   *     least 32 characters; a second line holds the one before while it is being exchanged
   */
  public record Hook(@Nullable URI url, Path tokenFile) {

    private static final String PREFIX = "balsam.forge.gitlab.hook.";

    public Hook {
      GitLab.check(
          "hook.url",
          url == null || GitLab.isAddress(url),
          url + " is not of the form https://host:port/api/v1/hooks/gitlab");
      GitLab.check("hook.token-file", tokenFile != null, "is not set");
      new HookToken(PREFIX + "token-file", tokenFile).check();
    }

    /**
     * The token as it is now; not to be shown.
     *
     * @throws org.balsam.kernel.ExternalFailure when its file does not hold one any more
     */
    public String token() {
      return file().current();
    }

    /** Whether this is the token, compared in a time that says nothing about it. */
    public boolean accepts(String sent) {
      return file().accepts(sent);
    }

    private HookToken file() {
      return new HookToken(PREFIX + "token-file", tokenFile);
    }
  }
}
