package org.balsam.usecase.library;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The language of a text, which decides how its words are found. */
public enum ItemLanguage {
  /** Swedish. */
  SV("och att det som en på är för med till av inte den har ett eller från vi kan om"),
  /** English. */
  EN("the of and to in is that for it with as on are this by be from or an not"),
  /** Any other: words are found as they are written. */
  OTHER("");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+");
  private static final int ENOUGH = 2_000;

  private final Set<String> frequent;

  ItemLanguage(String frequent) {
    this.frequent = Set.of(frequent.split(" "));
  }

  /** The writing of ISO 639, or {@code other}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The language of a tag such as {@code sv} or {@code en-GB}. */
  static Optional<ItemLanguage> ofTag(String tag) {
    var language = Locale.forLanguageTag(tag.strip().replace('_', '-')).getLanguage();
    return language.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Stream.of(SV, EN).filter(l -> l.value().equals(language)).findFirst().orElse(OTHER));
  }

  /**
   * The language whose frequent words a text has clearly more of.
   *
   * @param otherwise for a text that does not show it
   */
  static ItemLanguage guess(String text, ItemLanguage otherwise) {
    var words =
        BETWEEN_WORDS
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .limit(ENOUGH)
            .filter(word -> SV.frequent.contains(word) || EN.frequent.contains(word))
            .toList();
    var swedish = words.stream().filter(SV.frequent::contains).count();
    var english = words.stream().filter(EN.frequent::contains).count();
    if (Math.max(swedish, english) < 3 || swedish < 2 * english && english < 2 * swedish) {
      return otherwise;
    }
    return swedish > english ? SV : EN;
  }
}
