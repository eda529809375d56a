package org.balsam.usecase.round;

/** Keeps texts for people short. */
final class Texts {

  private Texts() {}

  /** The text, cut with an ellipsis when it is longer than {@code length} characters. */
  static String atMost(int length, String text) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
