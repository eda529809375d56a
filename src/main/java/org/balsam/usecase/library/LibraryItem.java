package org.balsam.usecase.library;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.balsam.kernel.Sha256;
import org.balsam.platform.library.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder of a library, ready to be kept.
 *
 * @param content null of a folder
 */
record LibraryItem(
    String path, ItemKind kind, long size, byte @Nullable [] content, ItemText text) {

  /** The id of what is at a path. */
  static String id(String path) {
    return Sha256.of(path).value().substring(0, 32);
  }

  /** The folder that it is in; empty at the top. */
  String folder() {
    return parent(path);
  }

  /** The files of a library and the folders that they are in. */
  static List<LibraryItem> of(Snapshot snapshot, ItemLanguage language) {
    var items = new ArrayList<LibraryItem>();
    var folders = new TreeMap<String, Long>();
    for (var file : snapshot.files()) {
      var size = (long) file.content().length;
      items.add(
          new LibraryItem(
              file.path(),
              ItemKind.of(file.path()),
              size,
              file.content(),
              ItemText.of(file.path(), file.content(), language)));
      for (var above = parent(file.path()); !above.isEmpty(); above = parent(above)) {
        folders.merge(above, size, Long::sum);
      }
    }
    folders.forEach((path, size) -> items.add(folder(path, size, language)));
    return items;
  }

  private static LibraryItem folder(String path, long size, ItemLanguage language) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return new LibraryItem(path, ItemKind.of(path), size, null, new ItemText(name, language, ""));
  }

  private static String parent(String path) {
    var end = path.lastIndexOf('/');
    return end < 0 ? "" : path.substring(0, end);
  }
}
