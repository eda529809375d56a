package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.storage.StorageProperties.Server;
import org.jspecify.annotations.Nullable;

/** The access key and its secret, read again when their file changed. */
public final class ServerKeys {

  private final @Nullable Path file;
  private volatile Read last;

  /**
   * The pair as it is now.
   *
   * @param secret never to be shown
   * @param session the token of a temporary key, never to be shown either
   */
  public record Pair(String access, String secret, @Nullable String session) {
    @Override
    public String toString() {
      return "Pair[" + access + "]";
    }
  }

  private record Read(Pair pair, @Nullable FileTime changed) {}

  /**
   * The keys of these settings.
   *
   * @throws ExternalFailure when their file cannot be read or has not two lines
   */
  public ServerKeys(Server server) {
    file = server.credentialsFile();
    if (file == null) {
      var access = Objects.requireNonNull(server.accessKey());
      var secret = Objects.requireNonNull(server.secretKey());
      last = new Read(new Pair(access, secret, server.sessionToken()), null);
    } else {
      last = read(file);
    }
  }

  /** The pair; may be asked before each request. */
  public Pair current() {
    var known = last;
    if (file != null && !changed(file).equals(known.changed)) {
      known = read(file);
      last = known;
    }
    return known.pair;
  }

  private static Read read(Path file) {
    try {
      var changed = Files.getLastModifiedTime(file);
      var lines = Files.readAllLines(file);
      if (lines.size() < 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
        throw unusable(file, "it has not two lines, the access key and its secret", null);
      }
      var session = lines.size() < 3 || lines.get(2).isBlank() ? null : lines.get(2).strip();
      return new Read(new Pair(lines.get(0).strip(), lines.get(1).strip(), session), changed);
    } catch (IOException trouble) {
      throw unusable(file, trouble.toString(), trouble);
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException trouble) {
      throw unusable(file, trouble.toString(), trouble);
    }
  }

  private static ExternalFailure unusable(Path file, String why, @Nullable Throwable cause) {
    return new ExternalFailure(
        ServerWork.SYSTEM,
        false,
        "balsam.storage.server.credentials-file " + file + " cannot be used: " + why,
        cause);
  }
}
