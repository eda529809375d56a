package org.balsam.kernel;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes names that people give in the letters that identifiers may have. */
public final class PlainWords {

  /** Letters that do not come apart into a letter and a mark. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("ß", "ss"),
          Map.entry("æ", "ae"),
          Map.entry("œ", "oe"),
          Map.entry("ø", "o"),
          Map.entry("þ", "th"),
          Map.entry("ð", "d"),
          Map.entry("đ", "d"),
          Map.entry("ħ", "h"),
          Map.entry("ł", "l"),
          Map.entry("ŋ", "n"),
          Map.entry("ŧ", "t"),
          Map.entry("ı", "i"));

  private PlainWords() {}

  /** The words in a-z and 0-9: {@code Åland, år 2} gives {@code aland}, {@code ar}, {@code 2}. */
  public static List<String> of(String name) {
    return Stream.of(plain(name).split("[^a-z0-9]+")).filter(word -> !word.isEmpty()).toList();
  }

  /** Whether the name has letters or digits that cannot be written so, as Greek ones. */
  public static boolean loses(String name) {
    return plain(name).codePoints().anyMatch(c -> c > 127 && Character.isLetterOrDigit(c));
  }

  private static String plain(String name) {
    return Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .codePoints()
        .mapToObj(Character::toString)
        .map(letter -> LETTERS.getOrDefault(letter, letter))
        .collect(Collectors.joining());
  }
}
