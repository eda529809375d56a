package org.balsam.standard.yaml;

/** Makes values of a hostile file fit to be shown. */
public final class Shown {

  private static final int LIMIT = 80;

  private Shown() {}

  /** The value cut to {@value #LIMIT} characters, without control and format characters. */
  public static String of(String value) {
    var shortened = value.length() > LIMIT ? value.substring(0, LIMIT) + "…" : value;
    return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
  }
}
