package org.balsam.audit.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Roots and proofs (RFC 6962, section 2.1) over stored hashes. */
public final class StoredTree {

  /** Levels between two stored levels; 2^8 hashes make a tile. */
  public static final int STEP = 8;

  private static final int TILE = 1 << STEP;

  private final Hashes hashes;

  public StoredTree(Hashes hashes) {
    this.hashes = hashes;
  }

  /** The root over the first {@code size} leaves. */
  public byte[] root(long size) {
    return size == 0 ? Merkle.empty() : range(0, size);
  }

  /** Proves that leaf {@code index} is in the tree of {@code size} leaves. */
  public List<byte[]> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    var path = new ArrayList<byte[]>();
    long low = 0;
    long high = size;
    while (high - low > 1) {
      var middle = low + Merkle.split(high - low);
      if (index < middle) {
        path.add(range(middle, high));
        high = middle;
      } else {
        path.add(range(low, middle));
        low = middle;
      }
    }
    Collections.reverse(path);
    return path;
  }

  /** Proves that the tree of {@code to} leaves begins with the tree of {@code from} leaves. */
  public List<byte[]> consistency(long from, long to) {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException("a tree of " + to + " does not begin with one of " + from);
    }
    var path = new ArrayList<byte[]>();
    if (from == 0 || from == to) {
      return path;
    }
    long low = 0;
    long high = to;
    while (from < high) {
      var middle = low + Merkle.split(high - low);
      if (from <= middle) {
        path.add(range(middle, high));
        high = middle;
      } else {
        path.add(range(low, middle));
        low = middle;
      }
    }
    if (low > 0) {
      path.add(range(low, high));
    }
    Collections.reverse(path);
    return path;
  }

  /**
   * The hashes above the leaves that become complete, and thus stored, when leaves are added.
   *
   * @param size leaves before
   * @param leaves hashes of the added leaves
   * @return by level, the index of the first and the hashes that follow each other
   */
  public Map<Integer, Run> completed(long size, List<byte[]> leaves) {
    var runs = new LinkedHashMap<Integer, Run>();
    var from = size;
    var added = leaves;
    for (int level = 0; !added.isEmpty(); level += STEP) {
      var first = from / TILE;
      var row = new ArrayList<>(hashes.read(level, first * TILE, (int) (from % TILE)));
      row.addAll(added);
      var above = new ArrayList<byte[]>();
      for (int i = 0; i + TILE <= row.size(); i += TILE) {
        above.add(fold(row.subList(i, i + TILE)));
      }
      if (!above.isEmpty()) {
        runs.put(level + STEP, new Run(first, above));
      }
      from = first;
      added = above;
    }
    return runs;
  }

  /** Neighbouring hashes of one level. */
  public record Run(long first, List<byte[]> hashes) {}

  private byte[] range(long low, long high) {
    var count = high - low;
    if (Long.bitCount(count) != 1) {
      var middle = low + Merkle.split(count);
      return Merkle.node(range(low, middle), range(middle, high));
    }
    var height = Long.numberOfTrailingZeros(count);
    var level = height / STEP * STEP;
    return fold(hashes.read(level, low >> level, 1 << (height - level)));
  }

  private static byte[] fold(List<byte[]> row) {
    var hashes = row;
    while (hashes.size() > 1) {
      var above = new ArrayList<byte[]>(hashes.size() / 2);
      for (int i = 0; i < hashes.size(); i += 2) {
        above.add(Merkle.node(hashes.get(i), hashes.get(i + 1)));
      }
      hashes = above;
    }
    return hashes.get(0);
  }
}
