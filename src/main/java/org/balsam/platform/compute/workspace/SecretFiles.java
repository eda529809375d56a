package org.balsam.platform.compute.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Files that hold credentials, as far as their names or their first bytes tell. */
final class SecretFiles {

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)\\.env(\\..+)?|[._]netrc|\\.git-credentials|\\.pgpass|\\.pypirc|\\.npmrc|\\.renviron"
              + "|id_(rsa|dsa|ecdsa|ed25519)|.+\\.(pem|key|p12|pfx|jks|ppk|kdbx)");
  private static final Pattern FOLDER =
      Pattern.compile("\\.(ssh|aws|azure|gnupg|kube|docker|gcloud)");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN ([A-Z]+ )*PRIVATE KEY-----");
  private static final int FIRST_BYTES = 4096;

  private SecretFiles() {}

  /** Whether the file looks like one. */
  static boolean isSecret(Path workspace, Path file) throws IOException {
    for (var part : workspace.relativize(file).getParent()) {
      if (FOLDER.matcher(part.toString()).matches()) {
        return true;
      }
    }
    return NAME.matcher(file.getFileName().toString()).matches() || startsWithKey(file);
  }

  private static boolean startsWithKey(Path file) throws IOException {
    try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      var start = new String(content.readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1);
      return PRIVATE_KEY.matcher(start).find();
    }
  }
}
