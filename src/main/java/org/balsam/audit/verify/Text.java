package org.balsam.audit.verify;

import org.jspecify.annotations.Nullable;

/** Keeps a hostile bundle from writing to the reader's terminal. */
final class Text {

  private static final int LIMIT = 500;

  private Text() {}

  static @Nullable String printable(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var shortened = text.length() > LIMIT ? text.substring(0, LIMIT) + "…" : text;
    return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
  }
}
