package org.balsam.platform.forge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what looks like a secret in a file: keys and tokens of well-known form, and in text values
 * of high entropy that are assigned to a name of a secret. Never tells the value.
 */
final class SecretPatterns {

  /**
   * What looks like a secret.
   *
   * @param line counts from 1
   */
  record Found(int line, String what) {}

  private static final int LONGEST_LINE = 20_000;
  private static final int MOST = 20;

  /** Bits per character that drawn keys of 16 characters and more have at least. */
  private static final double DRAWN = 3.5;

  private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put(
        "a private key",
        Pattern.compile("-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"));
    FORMS.put("a key of Amazon Web Services", Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"));
    FORMS.put(
        "a token of GitLab",
        Pattern.compile("\\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20,}"));
    FORMS.put(
        "a token of GitHub",
        Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})"));
    FORMS.put("a token of Slack", Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{20,}"));
    FORMS.put("a key of Google", Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}\\b"));
    FORMS.put(
        "a key of Azure",
        Pattern.compile(
            "(?:\\b(?:AccountKey|SharedAccessKey)\\s?=\\s?|[?&;]sig=)[A-Za-z0-9+/%]{40,200}"));
    FORMS.put("a token of PyPI", Pattern.compile("\\bpypi-[A-Za-z0-9_-]{50,}"));
    FORMS.put(
        "a signed web token",
        Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}"));
    FORMS.put(
        "a password in an address",
        Pattern.compile(
            "\\b[a-z][a-z0-9+.-]{1,20}://[^\\s:/@'\"<>${}]{1,100}:[^\\s:/@'\"<>${}]{3,200}@"));
  }

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?"
              + "[A-Za-z0-9_.-]{0,30}[\"']?\\s{0,5}[:=]\\s{0,5}[\"']?([A-Za-z0-9+/=_.~-]{16,200})");

  private final List<Found> found = new ArrayList<>();
  private final NetrcLines netrc = new NetrcLines();

  private final boolean isText;

  private SecretPatterns(boolean isText) {
    this.isText = isText;
  }

  /** What is found, at most 20; in what is no {@link TextOfFile} the well-known forms only. */
  static List<Found> in(byte[] content) {
    var text = TextOfFile.of(content);
    var patterns = new SecretPatterns(text.isPresent());
    var number = 0;
    var read = text.orElseGet(() -> new String(content, StandardCharsets.ISO_8859_1));
    for (var line : read.split("\n", -1)) {
      patterns.look(line, ++number);
    }
    return patterns.found;
  }

  private void look(String line, int number) {
    var isPassword = isText && netrc.holdsPassword(line);
    if (isPassword && found.size() < MOST) {
      found.add(new Found(number, "a password of .netrc"));
      return;
    }
    for (var from = 0; from < line.length() && found.size() < MOST; from += LONGEST_LINE) {
      search(line.substring(from, Math.min(line.length(), from + LONGEST_LINE + 500)), number);
    }
  }

  private void search(String text, int line) {
    for (var form : FORMS.entrySet()) {
      if (form.getValue().matcher(text).find()) {
        found.add(new Found(line, form.getKey()));
        return;
      }
    }
    var assigned = ASSIGNED.matcher(text);
    while (isText && assigned.find()) {
      if (isDrawn(assigned.group(1))) {
        found.add(new Found(line, "the value of a password, key or token"));
        return;
      }
    }
  }

  /** Whether nobody would have made it up: digits among letters, hardly any repeated. */
  private static boolean isDrawn(String value) {
    var digits = value.chars().filter(Character::isDigit).count();
    var mixed =
        value.chars().anyMatch(Character::isUpperCase)
            && value.chars().anyMatch(Character::isLowerCase);
    return digits >= 3 && (mixed || digits * 5 >= value.length()) && entropy(value) >= DRAWN;
  }

  /** Shannon's entropy in bits per character. */
  static double entropy(String value) {
    var counts = new LinkedHashMap<Integer, Integer>();
    value.chars().forEach(one -> counts.merge(one, 1, Integer::sum));
    return counts.values().stream()
        .mapToDouble(count -> (double) count / value.length())
        .map(share -> -share * Math.log(share) / Math.log(2))
        .sum();
  }
}
