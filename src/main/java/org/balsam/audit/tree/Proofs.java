package org.balsam.audit.tree;

import java.util.Arrays;
import java.util.List;

/** Checks proofs as RFC 9162, sections 2.1.3.2 and 2.1.4.2, prescribes. */
public final class Proofs {

  private Proofs() {}

  /** Whether {@code proof} shows that the leaf is at {@code index} of the tree with this root. */
  public static boolean included(
      byte[] leafHash, long index, long size, byte[] root, List<byte[]> proof) {
    if (index < 0 || index >= size || wrongLength(proof)) {
      return false;
    }
    var node = index;
    var last = size - 1;
    var hash = leafHash;
    for (var step : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Merkle.node(step, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Merkle.node(hash, step);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /** Whether {@code proof} shows that the second tree begins with the first. */
  public static boolean consistent(
      long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {
    if (from < 0 || from > to || wrongLength(proof)) {
      return false;
    }
    if (from == to) {
      return proof.isEmpty() && Arrays.equals(fromRoot, toRoot);
    }
    if (from == 0) {
      return proof.isEmpty() && Arrays.equals(fromRoot, Merkle.empty());
    }
    var complete = Long.bitCount(from) == 1;
    if (!complete && proof.isEmpty()) {
      return false;
    }
    var node = from - 1;
    var last = to - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    var first = complete ? fromRoot : proof.get(0);
    var older = first;
    var newer = first;
    for (var step : complete ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = Merkle.node(step, older);
        newer = Merkle.node(step, newer);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newer = Merkle.node(newer, step);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(older, fromRoot) && Arrays.equals(newer, toRoot);
  }

  private static boolean wrongLength(List<byte[]> proof) {
    return proof.size() > 64 || proof.stream().anyMatch(hash -> hash.length != Merkle.SIZE);
  }
}
