package org.balsam.kernel;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Text that people write and other people read. */
public final class ShownText {

  /** Control characters but tab and line ends; invisible characters, which can reorder text. */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}&&[^\\t\\r\\n]]");

  private ShownText() {}

  /**
   * One line without surrounding space, in normal form.
   *
   * @throws Invalid, naming {@code where}, for anything else
   */
  public static String line(String where, String text, int shortest, int longest) {
    if (text.strip().lines().count() > 1 || text.contains("\t")) {
      throw new Invalid(ErrorCode.INVALID_INPUT, where, "is one line without tabs");
    }
    return check(where, text, shortest, longest);
  }

  /**
   * The text without surrounding space, in normal form.
   *
   * @throws Invalid, naming {@code where}, unless it has {@code shortest} to {@code longest}
   *     characters, none of them hidden
   */
  public static String check(String where, String text, int shortest, int longest) {
    var clean = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    if (clean.length() < shortest || clean.length() > longest || HIDDEN.matcher(clean).find()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          where,
          "is %d to %d characters without control and invisible characters"
              .formatted(shortest, longest));
    }
    return clean;
  }
}
