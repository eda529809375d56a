package org.balsam.audit.tree;

import java.util.List;

/** Stored hashes of complete subtrees, at every eighth level, as tiles hold them. */
@FunctionalInterface
public interface Hashes {

  /**
   * Reads neighbouring hashes.
   *
   * @param level 0 for leaves, 8 for subtrees of 256 leaves, and so on
   * @param from index of the first at that level
   * @param count at most 255
   * @return exactly {@code count} hashes
   * @throws IllegalStateException if one is missing
   */
  List<byte[]> read(int level, long from, int count);
}
