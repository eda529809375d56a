package org.balsam.platform.storage.filesystem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which folder holds a key.
 *
 * <p>A key is cut behind each {@code /} and after 100 characters; each piece but the last is a
 * folder, the last is the object's own folder. File names of any file system are short enough for
 * that, and capitals are escaped for those that do not tell {@code A} from {@code a}. No folder of
 * one directory begins with another's text, so walking the folders by text gives the keys in order.
 */
final class KeyLayout {

  private static final int PIECE = 100;
  private static final String SEGMENT_END = ",";
  private static final String CONTINUED = "+";
  private static final String OBJECT = "@";
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
  private static final Pattern ESCAPED = Pattern.compile("\\+([a-z])");
  private static final Pattern FILE_NAME = Pattern.compile("((?:[a-z0-9._=-]|\\+[a-z])*)([,+@])");

  private KeyLayout() {}

  /**
   * A folder in a folder.
   *
   * @param text the part of the key that it stands for, with the closing {@code /} if there is one
   * @param object whether it holds an object's versions rather than more folders
   */
  record Entry(String text, boolean object) implements Comparable<Entry> {

    /** Reads a file name; empty for anything that this class did not name. */
    static Optional<Entry> parse(String fileName) {
      var matcher = FILE_NAME.matcher(fileName);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      var text =
          ESCAPED
              .matcher(matcher.group(1))
              .replaceAll(escaped -> escaped.group(1).toUpperCase(Locale.ROOT));
      return Optional.of(
          switch (matcher.group(2)) {
            case OBJECT -> new Entry(text, true);
            case SEGMENT_END -> new Entry(text + "/", false);
            default -> new Entry(text, false);
          });
    }

    String fileName() {
      if (object) {
        return escape(text) + OBJECT;
      }
      return text.endsWith("/")
          ? escape(text.substring(0, text.length() - 1)) + SEGMENT_END
          : escape(text) + CONTINUED;
    }

    @Override
    public int compareTo(Entry other) {
      var byText = text.compareTo(other.text);
      return byText != 0 ? byText : Boolean.compare(other.object, object);
    }

    private static String escape(String text) {
      return CAPITAL
          .matcher(text)
          .replaceAll(capital -> "+" + capital.group().toLowerCase(Locale.ROOT));
    }
  }

  /** The folder of an allowed key. */
  static Path folder(Path objects, String key) {
    var pieces = pieces(key);
    var last = pieces.size() - 1;
    return folders(objects, pieces.subList(0, last))
        .resolve(new Entry(pieces.get(last), true).fileName());
  }

  /** The innermost folder under which every key with this allowed prefix lies. */
  static Path common(Path objects, String prefix) {
    var pieces = pieces(prefix);
    return folders(objects, pieces.subList(0, pieces.size() - 1));
  }

  /** What is left of a prefix inside {@link #common}. */
  static String rest(String prefix) {
    var pieces = pieces(prefix);
    return pieces.get(pieces.size() - 1);
  }

  private static Path folders(Path objects, List<String> pieces) {
    var folder = objects;
    for (var piece : pieces) {
      folder = folder.resolve(new Entry(piece, false).fileName());
    }
    return folder;
  }

  /** At least one; the last has no {@code /} and may be empty. */
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    var start = 0;
    for (var end = 0; end < text.length(); end++) {
      if (text.charAt(end) == '/' || (end - start + 1 == PIECE && end + 1 < text.length())) {
        pieces.add(text.substring(start, end + 1));
        start = end + 1;
      }
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
