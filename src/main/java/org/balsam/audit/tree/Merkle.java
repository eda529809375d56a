package org.balsam.audit.tree;

import java.security.MessageDigest;
import org.balsam.kernel.Sha256;

/** The hashes of RFC 6962, section 2.1; leaves and nodes differ in their first byte. */
public final class Merkle {

  /** Bytes of a hash. */
  public static final int SIZE = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  private Merkle() {}

  /** The hash of the empty tree. */
  public static byte[] empty() {
    return DIGEST.get().digest();
  }

  /** The hash of a leaf with this content. */
  public static byte[] leaf(byte[] content) {
    var digest = DIGEST.get();
    digest.update(LEAF);
    return digest.digest(content);
  }

  /** The hash of a node over its two children. */
  public static byte[] node(byte[] left, byte[] right) {
    var digest = DIGEST.get();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /** The largest power of two smaller than {@code size}, which is at least 2. */
  static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
