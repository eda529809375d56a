package org.balsam.platform.storage.filesystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.balsam.platform.storage.filesystem.KeyLayout.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The keys under a prefix in order, in memory that does not grow with their number: a folder is
 * read again for every page of its entries. Folders that appear or vanish meanwhile may be missed.
 */
final class KeyWalk implements Iterator<String> {

  private static final int PAGE = 4096;

  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable String next;

  KeyWalk(Path objects, String prefix) {
    var rest = KeyLayout.rest(prefix);
    var folder = KeyLayout.common(objects, prefix);
    FilesystemFailures.refuseLinks(objects, folder);
    levels.push(new Level(folder, prefix.substring(0, prefix.length() - rest.length()), rest));
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public String next() {
    var key = next;
    if (key == null) {
      throw new NoSuchElementException();
    }
    advance();
    return key;
  }

  private void advance() {
    next = null;
    while (next == null && !levels.isEmpty()) {
      var level = levels.element();
      var entry = level.next();
      if (entry == null) {
        levels.pop();
      } else if (entry.object()) {
        next = level.text + entry.text();
      } else {
        levels.push(
            new Level(level.folder.resolve(entry.fileName()), level.text + entry.text(), ""));
      }
    }
  }

  private static final class Level {
    private final Path folder;
    private final String text;
    private final String filter;
    private final TreeSet<Entry> page = new TreeSet<>();
    private @Nullable Entry last;
    private boolean complete;

    Level(Path folder, String text, String filter) {
      this.folder = folder;
      this.text = text;
      this.filter = filter;
    }

    @Nullable Entry next() {
      if (page.isEmpty() && !complete) {
        fill();
      }
      var entry = page.pollFirst();
      last = entry == null ? last : entry;
      return entry;
    }

    private void fill() {
      complete = true;
      FilesystemFailures.refuseLink(folder);
      try (var files = Files.newDirectoryStream(folder)) {
        for (var file : files) {
          Entry.parse(file.getFileName().toString()).ifPresent(this::keep);
        }
      } catch (NoSuchFileException nothingThere) {
        page.clear();
      } catch (DirectoryIteratorException e) {
        throw new UncheckedIOException(e.getCause());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void keep(Entry entry) {
      var fits = entry.text().startsWith(filter);
      if (fits && (last == null || entry.compareTo(last) > 0)) {
        page.add(entry);
        if (page.size() > PAGE) {
          page.pollLast();
          complete = false;
        }
      }
    }
  }
}
