package org.balsam.platform.compute.workspace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What people made in a workspace: {@code code/} and {@code out/}. Links are never followed. */
public final class WorkspaceFiles {

  private static final List<String> MADE_BY_PEOPLE = List.of("code", "out");
  private static final Set<String> LEFT_OUT =
      Set.of(".git", "__pycache__", ".ipynb_checkpoints", ".Rproj.user");

  private WorkspaceFiles() {}

  /**
   * Writes them as a ZIP whose bytes depend on names and contents only. Files that look like
   * credentials are left out and named in {@code LEFT_OUT.txt}.
   */
  public static void zip(Path workspace, OutputStream sink) throws IOException {
    var zip = new ZipOutputStream(sink);
    var names = new HashSet<String>();
    var leftOut = new ArrayList<String>();
    for (var file : files(workspace, LEFT_OUT)) {
      var name = name(workspace.relativize(file), names);
      if (SecretFiles.isSecret(workspace, file)) {
        leftOut.add(name + "\n");
      } else {
        zip.putNextEntry(entry(name));
        try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          content.transferTo(zip);
        }
      }
    }
    if (!leftOut.isEmpty()) {
      zip.putNextEntry(entry("LEFT_OUT.txt"));
      zip.write(String.join("", leftOut).getBytes(StandardCharsets.UTF_8));
    }
    zip.finish();
  }

  /** A name that no reader of the archive takes for another place, and that no other entry has. */
  private static String name(Path file, Set<String> taken) {
    var name = file.toString().replaceAll("[\\\\\\p{Cntrl}]", "_");
    while (!taken.add(name)) {
      name = name + "~";
    }
    return name;
  }

  private static ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    return entry;
  }

  /** When the newest of them was changed; never before {@code earliest}. */
  public static Instant lastChange(Path workspace, Instant earliest) throws IOException {
    var newest = earliest;
    for (var file : files(workspace, Set.of())) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        var changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        newest = changed.isAfter(newest) ? changed : newest;
      }
    }
    return newest;
  }

  private static List<Path> files(Path workspace, Set<String> leftOut) throws IOException {
    var found = new ArrayList<Path>();
    for (var folder : MADE_BY_PEOPLE) {
      if (Files.isDirectory(workspace.resolve(folder), LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(workspace.resolve(folder), new Collection(leftOut, found));
      }
    }
    found.sort(null);
    return found;
  }

  private static final class Collection extends SimpleFileVisitor<Path> {

    private final Set<String> leftOut;
    private final List<Path> found;

    Collection(Set<String> leftOut, List<Path> found) {
      this.leftOut = leftOut;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return leftOut.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw gone;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
