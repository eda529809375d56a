package org.balsam.audit.tree;

import java.util.ArrayList;
import java.util.List;

/** Grows a tree leaf by leaf in logarithmic memory. Not for several threads. */
public final class CompactRange {

  private final List<byte[]> peaks = new ArrayList<>();
  private long size;

  /** Adds the next leaf's hash. */
  public void append(byte[] leafHash) {
    var hash = leafHash;
    for (var rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = Merkle.node(peaks.remove(peaks.size() - 1), hash);
    }
    peaks.add(hash);
    size++;
  }

  /** The number of leaves so far. */
  public long size() {
    return size;
  }

  /** The root over all leaves so far. */
  public byte[] root() {
    if (peaks.isEmpty()) {
      return Merkle.empty();
    }
    var root = peaks.get(peaks.size() - 1);
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = Merkle.node(peaks.get(i), root);
    }
    return root;
  }
}
