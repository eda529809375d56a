package org.balsam.platform.compute;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Paths of a node's files as the last segment of an object key, and back: {@code out/a b.csv} is
 * {@code out=2Fa=20b.csv}. Bytes of UTF-8 that a key does not allow, the slash and the equals sign
 * are written as {@code =} and two hexadecimal digits.
 */
public final class NodePaths {

  private static final Pattern PATTERN = Pattern.compile("[*?]");

  private NodePaths() {}

  /** Whether the path is a pattern. */
  public static boolean isPattern(String path) {
    return PATTERN.matcher(path).find();
  }

  /**
   * Whether a pattern matches a path: {@code *} any characters of one name, {@code ?} one of them;
   * nothing else is special. Takes time in proportion to both lengths.
   */
  public static boolean matches(String pattern, String path) {
    var patterns = pattern.split("/", -1);
    var names = path.split("/", -1);
    return patterns.length == names.length
        && IntStream.range(0, names.length).allMatch(i -> nameMatches(patterns[i], names[i]));
  }

  private static boolean nameMatches(String pattern, String name) {
    var p = 0;
    var star = -1;
    var resume = 0;
    for (var n = 0; n < name.length(); ) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    return pattern.chars().skip(p).allMatch(left -> left == '*');
  }

  /** The name of a path. */
  public static String name(String path) {
    var name = new StringBuilder();
    for (var one : path.getBytes(StandardCharsets.UTF_8)) {
      var plain = one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z' || one >= '0' && one <= '9';
      if (plain || one == '.' || one == '_' || one == '-') {
        name.append((char) one);
      } else {
        name.append("=%02X".formatted(one));
      }
    }
    return name.toString();
  }

  /** The path of a name that {@link #name} made. */
  public static String path(String name) {
    var bytes = new ByteArrayOutputStream();
    for (var at = 0; at < name.length(); at++) {
      if (name.charAt(at) == '=') {
        bytes.write(Integer.parseInt(name.substring(at + 1, at + 3), 16));
        at += 2;
      } else {
        bytes.write(name.charAt(at));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
