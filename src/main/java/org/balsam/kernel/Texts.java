package org.balsam.kernel;

/** Keeps texts for people short. */
public final class Texts {

  private Texts() {}

  /** The text, cut with an ellipsis when it is longer than {@code length} characters. */
  public static String atMost(int length, String text) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
