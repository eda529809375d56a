package org.balsam.standard.template;

/** Makes values of a hostile file fit to be shown. */
final class Shown {

  private static final int LIMIT = 80;

  private Shown() {}

  static String of(String value) {
    var shortened = value.length() > LIMIT ? value.substring(0, LIMIT) + "…" : value;
    return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
  }
}
