package org.balsam.audit.format;

import java.util.Base64;

/** Base64 with exactly one writing per value. */
public final class Base64Text {

  private Base64Text() {}

  /** The written form. */
  public static String write(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is not what {@link #write} writes
   */
  public static byte[] read(String text) {
    var bytes = Base64.getDecoder().decode(text);
    if (!write(bytes).equals(text)) {
      throw new IllegalArgumentException("not canonical base64");
    }
    return bytes;
  }
}
