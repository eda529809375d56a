package org.balsam.platform.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The words of the sign-in page in the first of the reader's languages that there is. */
public final class SignInWords {

  static final String BUNDLE = SignInWords.class.getPackageName() + ".sign-in";
  private static final List<Locale> LANGUAGES =
      List.of(Locale.ENGLISH, Locale.forLanguageTag("sv"));

  private final Locale language;
  private final ResourceBundle words;

  /** Those for the languages that the request's browser asks for; English for all others. */
  public SignInWords(HttpServletRequest request) {
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

  /** The text of a key. */
  public String of(String key) {
    return words.getString(key);
  }

  /** The language, as {@code lang} names it. */
  String language() {
    return language.getLanguage();
  }
}
