package org.balsam.standard.workspace;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that stand for values while a manifest is still text, so that no value is ever read as
 * YAML: only letters and digits, and not to be guessed by who writes a template.
 */
final class Placeholders {

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A value with the name that templates have for it.
   *
   * @param name for example {@code User.Mail}
   */
  record Named(String name, TemplateValue value) {}

  private final String stem = "v" + nonce() + "x";
  private final Pattern pattern = Pattern.compile(stem + "(\\d+)x");
  private final List<Named> named = new ArrayList<>();
  private final Map<String, Object> tree = new HashMap<>();

  /** Makes a word for it; an empty value is nothing. */
  void put(String name, TemplateValue value) {
    named.add(new Named(name, value));
    literal(name, value.text().isEmpty() ? "" : stem + (named.size() - 1) + "x");
  }

  /** A number or truth value, which is itself. */
  void literal(String name, Object literal) {
    var at = tree;
    var parts = name.split("\\.");
    for (var part = 0; part < parts.length - 1; part++) {
      at = below(at, parts[part]);
    }
    at.put(parts[parts.length - 1], literal);
  }

  /** The words, nested by the parts of their names. */
  Map<String, Object> tree() {
    return tree;
  }

  /** The values that a text stands for, in order. */
  List<Named> in(String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> named.get(Integer.parseInt(found.group(1))))
        .toList();
  }

  /** The text with each word replaced. */
  String replace(String text, Function<Named, String> by) {
    return pattern
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(by.apply(named.get(Integer.parseInt(found.group(1))))));
  }

  /** Whether the text is one word and nothing else. */
  boolean isOne(String text) {
    return pattern.matcher(text).matches();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> below(Map<String, Object> at, String part) {
    return (Map<String, Object>) at.computeIfAbsent(part, made -> new HashMap<String, Object>());
  }

  private static String nonce() {
    var bytes = new byte[10];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
