package org.balsam.kernel;

/** Keeps texts for people short. */
public final class Texts {

  private Texts() {}

  /** How many there are, {@code 1 row} or {@code 2 rows}. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** The text, cut with an ellipsis when it is longer than {@code length} characters. */
  public static String atMost(int length, String text) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
