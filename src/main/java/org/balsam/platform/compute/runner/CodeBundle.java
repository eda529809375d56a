package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The files of a commit as a ZIP with their permissions, for machines that cannot reach the forge.
 */
public final class CodeBundle {

  private static final FileTime EPOCH = FileTime.fromMillis(315_532_800_000L);
  private static final String READABLE = "rw-r--r--";
  private static final String EXECUTABLE = "rwxr-xr-x";

  private CodeBundle() {}

  /** Packs a folder of plain files and folders; the same files give the same bytes. */
  public static void pack(Path folder, Path zip) throws IOException {
    try (var bundle = open(zip, true)) {
      for (var file : files(folder)) {
        var target = bundle.getPath("/").resolve(folder.relativize(file).toString());
        if (target.getParent() != null) {
          Files.createDirectories(target.getParent());
        }
        Files.copy(file, target);
        Files.setPosixFilePermissions(
            target,
            PosixFilePermissions.fromString(Files.isExecutable(file) ? EXECUTABLE : READABLE));
        forgetTimes(target);
      }
      for (var entry : all(bundle.getPath("/"))) {
        if (Files.isDirectory(entry) && entry.getParent() != null) {
          forgetTimes(entry);
        }
      }
    }
  }

  /**
   * Unpacks what {@link #pack} packed.
   *
   * @throws IOException also for names that lead out of {@code folder}
   */
  public static void unpack(Path zip, Path folder) throws IOException {
    try (var bundle = open(zip, false)) {
      var root = bundle.getPath("/");
      for (var entry : files(root)) {
        var target = folder.resolve(root.relativize(entry).toString()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException(entry + " leads out of the folder");
        }
        Files.createDirectories(target.getParent());
        Files.copy(entry, target, StandardCopyOption.REPLACE_EXISTING);
        if (Files.getPosixFilePermissions(entry).toString().contains("EXECUTE")) {
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(EXECUTABLE));
        }
      }
    }
  }

  private static void forgetTimes(Path entry) throws IOException {
    Files.getFileAttributeView(entry, BasicFileAttributeView.class).setTimes(EPOCH, EPOCH, EPOCH);
  }

  private static FileSystem open(Path zip, boolean create) throws IOException {
    return FileSystems.newFileSystem(
        URI.create("jar:" + zip.toUri()),
        Map.of("create", create, "enablePosixFileAttributes", true));
  }

  private static List<Path> files(Path root) throws IOException {
    return all(root).stream()
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private static List<Path> all(Path root) throws IOException {
    try (var walk = Files.walk(root)) {
      return walk.sorted().toList();
    }
  }
}
