package org.balsam.platform.forge;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.forge.git.Checkout;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.IsolatedGit;
import org.balsam.platform.forge.git.RemoteGit;
import org.eclipse.jgit.util.FileUtils;

/** Fetches code for a step, without Spring and without a forge. */
public final class CodeCheckout {

  /** Variable: the account that reads a repository on a server. */
  public static final String USER = "BALSAM_FORGE_USER";

  /** Variable: its password or token. */
  public static final String TOKEN = "BALSAM_FORGE_TOKEN";

  /** Variable: a PEM file with the authorities that the server's certificate is trusted by. */
  public static final String CERTIFICATES = "BALSAM_FORGE_CERTIFICATES";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration READ = Duration.ofSeconds(60);

  private final Optional<RemoteGit> remote;

  private CodeCheckout(Optional<RemoteGit> remote) {
    this.remote = remote;
  }

  /** A checkout with the credentials that {@link Forge#grantReading} gave, if any. */
  public static CodeCheckout of(Map<String, String> environment) {
    var token = Optional.ofNullable(environment.get(TOKEN));
    return new CodeCheckout(
        token.map(
            secret ->
                new RemoteGit(
                    environment.getOrDefault(USER, "balsam"),
                    () -> secret,
                    ServerTrust.of(
                            CERTIFICATES,
                            Optional.ofNullable(environment.get(CERTIFICATES))
                                .map(Path::of)
                                .orElse(null))
                        .map(ServerTrust::manager),
                    CONNECT,
                    READ)));
  }

  /**
   * Writes the files of one commit, and nothing of Git's own, into a folder. Executable files keep
   * that bit. Not to be called twice for one folder at once.
   *
   * @param repository what {@link Forge#cloneUri} gave; a {@code file:} URI, or with credentials an
   *     {@code https:} or {@code http:} URI
   * @param commit 40 hexadecimal digits
   * @param target does not exist, or is an empty folder
   * @throws org.balsam.kernel.NotFound without such a repository or commit
   * @throws Invalid for another kind of URI, or a commit with symbolic links, submodules or paths
   *     that are not safe everywhere; nothing was written then
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED for more than 1 GiB or 100,000 files;
   *     DATA_CHANGED when the repository holds other bytes than the commit's
   * @throws ExternalFailure when files cannot be read or written, or the server does not answer
   */
  public void fetch(URI repository, String commit, Path target) {
    switch (String.valueOf(repository.getScheme())) {
      case "file" -> Checkout.fetch(Path.of(repository), commit, target);
      case "https", "http" -> fetchRemote(repository, commit, target);
      default -> throw unsupported(repository);
    }
  }

  private void fetchRemote(URI repository, String commit, Path target) {
    var git = remote.orElseThrow(() -> unsupported(repository));
    GitFailures.mapped(
        "fetch " + repository,
        () -> {
          var copy = Files.createTempDirectory("code");
          try {
            try (var bare = IsolatedGit.create(copy.toFile())) {
              git.fetch(bare, repository);
            } catch (IOException trouble) {
              throw new ExternalFailure(
                  GitFailures.SYSTEM,
                  true,
                  "could not fetch %s: %s; check that the server answers and that the job's access"
                          .formatted(repository, trouble.getMessage())
                      + " has not ended",
                  trouble);
            }
            Checkout.fetch(copy, commit, target);
            return target;
          } finally {
            FileUtils.delete(copy.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
          }
        });
  }

  private static Invalid unsupported(URI repository) {
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        "repository",
        "scheme '%s' is not supported; allowed: file, and https or http where %s is set"
            .formatted(repository.getScheme(), TOKEN));
  }
}
