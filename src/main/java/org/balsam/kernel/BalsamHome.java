package org.balsam.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The one folder under which the embedded adapters keep all state.
 *
 * @param home the folder for all state; relative to the working directory; made if absent, then
 *     readable by its owner only
 */
@ConfigurationProperties("balsam")
public record BalsamHome(@DefaultValue(".balsam") Path home) {

  public BalsamHome {
    home = home.toAbsolutePath().normalize();
    if (!Files.exists(home)) {
      make(home);
    }
    if (!Files.isDirectory(home) || !Files.isWritable(home)) {
      throw new IllegalArgumentException(
          "balsam.home is "
              + home
              + (Files.isDirectory(home)
                  ? ", which the user who runs Balsam may not write to"
                  : ", which is a file")
              + "; name a folder that can be written to, for example"
              + " --balsam.home=/var/lib/balsam");
    }
  }

  /** A folder or file under the home. */
  public Path resolve(String relative) {
    return home.resolve(relative);
  }

  private static void make(Path home) {
    try {
      Files.createDirectories(home);
      var view = Files.getFileAttributeView(home, PosixFileAttributeView.class);
      if (view != null) {
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          "balsam.home is "
              + home
              + ", which cannot be made: "
              + failure
              + "; name a folder whose parent can be written to",
          failure);
    }
  }
}
