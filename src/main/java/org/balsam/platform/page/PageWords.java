package org.balsam.platform.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;

/**
 * The words of the pages that the server writes, in the first of the reader's languages that there
 * is. They are in {@code pages.properties}, and those of other languages beside it.
 */
public final class PageWords {

  static final String BUNDLE = PageWords.class.getPackageName() + ".pages";
  private static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.forLanguageTag("sv"));

  private final Locale language;
  private final ResourceBundle words;

  /** Those for the languages that the request's browser asks for; English for all others. */
  public PageWords(HttpServletRequest request) {
    this.language =
        Collections.list(request.getLocales()).stream()
            .map(wanted -> Locale.forLanguageTag(wanted.getLanguage()))
            .filter(LANGUAGES::contains)
            .findFirst()
            .orElse(Locale.ENGLISH);
    this.words =
        ResourceBundle.getBundle(
            BUNDLE, language, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
  }

  /**
   * The text of a key as it stands in HTML, between tags and in attributes.
   *
   * @param values what {@code %1$s}, {@code %2$s} in it stand for, as text
   * @throws MissingResourceException for a key that is not there
   */
  public String of(String key, String... values) {
    var escaped = Stream.of(values).map(PageFrame::escape).toArray();
    return PageFrame.escape(words.getString(key)).formatted(escaped);
  }

  /** The language, as {@code lang} names it. */
  public String language() {
    return language.getLanguage();
  }
}
