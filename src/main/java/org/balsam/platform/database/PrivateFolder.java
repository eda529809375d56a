package org.balsam.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner may read, where the file system knows permissions. */
final class PrivateFolder {

  private PrivateFolder() {}

  static void ensure(Path folder) throws IOException {
    Files.createDirectories(folder);
    apply(folder, "rwx------");
  }

  static void restrict(Path file) throws IOException {
    apply(file, "rw-------");
  }

  private static void apply(Path path, String permissions) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }
}
