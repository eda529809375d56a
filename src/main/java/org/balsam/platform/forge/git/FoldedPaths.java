package org.balsam.platform.forge.git;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Files of one commit by what a system makes of their paths that does not tell capitals, or ways to
 * write an accent, apart: Windows and macOS.
 */
public final class FoldedPaths {

  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> folders = new HashMap<>();

  /**
   * Adds a file.
   *
   * @return the file added before that cannot be beside it there, or a file in a folder that cannot
   */
  public Optional<String> add(String path) {
    var folded = folded(path);
    var other = files.putIfAbsent(folded, path);
    if (other == null) {
      other = folders.get(folded);
    }
    for (var end = folded.indexOf('/'); end > 0; end = folded.indexOf('/', end + 1)) {
      var folder = folded.substring(0, end);
      folders.putIfAbsent(folder, path);
      other = other == null ? files.get(folder) : other;
    }
    return Optional.ofNullable(other);
  }

  private static String folded(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
