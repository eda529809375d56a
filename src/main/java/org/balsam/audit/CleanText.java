package org.balsam.audit;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text that can be stored and hashed: Unicode form NFC, no NUL, no half surrogate pairs. */
final class CleanText {

  private static final int DEPTH = 16;

  /** NUL, and surrogates that are not part of a pair. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private CleanText() {}

  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    var storable = UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    return Normalizer.normalize(storable, Normalizer.Form.NFC);
  }

  /** The same value with clean text all the way down. */
  static Object deep(Object value) {
    return deep(value, 0);
  }

  private static Object deep(@Nullable Object value, int depth) {
    if (depth > DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + DEPTH);
    }
    if (value instanceof String text) {
      return of(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> deep(item, depth + 1)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      var clean = new TreeMap<String, Object>();
      map.forEach((key, item) -> clean.put(of(String.valueOf(key)), deep(item, depth + 1)));
      return clean;
    }
    if (value == null) {
      throw new IllegalArgumentException("null cannot be recorded; leave the key out");
    }
    return value;
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(character -> character > 0 && character < 0x80);
  }
}
