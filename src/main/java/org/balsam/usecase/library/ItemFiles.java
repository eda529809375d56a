package org.balsam.usecase.library;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Rejection;
import org.balsam.platform.library.LibraryProperties.Source;

/** What leaves a library in one go. */
final class ItemFiles {

  private static final int MOST = 1_000;

  private ItemFiles() {}

  /**
   * A file, or all files below a folder, by where they go.
   *
   * @param to gives a path in the library its place
   * @throws Rejection LIMIT_EXCEEDED for more than 1,000 files
   */
  static Map<String, byte[]> of(ItemRows items, ItemView item, UnaryOperator<String> to) {
    var files = new LinkedHashMap<String, byte[]>();
    items.files(item).forEach(file -> files.put(to.apply(file.path()), file.content()));
    if (files.size() > MOST) {
      throw new Rejection(
          ErrorCode.LIMIT_EXCEEDED,
          "'%s' has %d files; allowed in one copy: %d; copy a folder in it"
              .formatted(item.path(), files.size(), MOST));
    }
    return files;
  }

  /** The message of the commit that brings an item somewhere. */
  static String message(String title, Source source, ItemView item) {
    return """
        %s %s from %s

        Library: %s
        Repository: %s
        Source-Path: %s
        Source-Commit: %s"""
        .formatted(
            title,
            item.path(),
            source.name(),
            item.library(),
            source.url(),
            item.path(),
            item.commit());
  }
}
