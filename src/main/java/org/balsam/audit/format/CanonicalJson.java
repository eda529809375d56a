package org.balsam.audit.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes strings, integers, booleans, lists and maps of these as RFC 8785 canonical JSON. There are
 * no floats and no nulls in the trail; integers stay within ±(2^53 − 1), which every JSON reader
 * keeps exact.
 */
public final class CanonicalJson {

  /** The largest integer that may be written. */
  public static final long MAX_INTEGER = (1L << 53) - 1;

  private CanonicalJson() {}

  /**
   * The canonical text of {@code value}.
   *
   * @throws IllegalArgumentException for any other type and for too large integers
   */
  public static String write(Object value) {
    var out = new StringBuilder(256);
    write(out, value);
    return out.toString();
  }

  static void write(StringBuilder out, Object value) {
    if (value instanceof String text) {
      string(out, text);
    } else if (value instanceof Long || value instanceof Integer) {
      integer(out, ((Number) value).longValue());
    } else if (value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      object(out, map);
    } else if (value instanceof List<?> list) {
      array(out, list);
    } else {
      throw new IllegalArgumentException(
          value.getClass().getSimpleName()
              + " cannot be recorded; allowed: string, integer, boolean, list, map");
    }
  }

  private static void integer(StringBuilder out, long number) {
    if (number > MAX_INTEGER || number < -MAX_INTEGER) {
      throw new IllegalArgumentException(
          number + " is beyond ±" + MAX_INTEGER + "; write it as text");
    }
    out.append(number);
  }

  private static void object(StringBuilder out, Map<?, ?> map) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    var separator = "";
    for (var entry : sorted.entrySet()) {
      out.append(separator);
      string(out, entry.getKey());
      out.append(':');
      write(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void array(StringBuilder out, List<?> list) {
    out.append('[');
    var separator = "";
    for (var item : list) {
      out.append(separator);
      write(out, item);
      separator = ",";
    }
    out.append(']');
  }

  /** Appends a string with its quotes. */
  public static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      switch (character) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (character < 0x20) {
            out.append("\\u00").append(character < 0x10 ? '0' : '1');
            out.append(Character.forDigit(character & 0xf, 16));
          } else {
            out.append(character);
          }
        }
      }
    }
    out.append('"');
  }
}
