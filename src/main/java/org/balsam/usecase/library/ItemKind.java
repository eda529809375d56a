package org.balsam.usecase.library;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** What an item is for, by the folder of the library that it is in. */
public enum ItemKind {
  /** To read: below {@code Articles}. */
  ARTICLE("Articles"),
  /** To use: below {@code Resources}. */
  RESOURCE("Resources"),
  /** To begin with: below {@code Templates}. */
  TEMPLATE("Templates");

  private final String folder;

  ItemKind(String folder) {
    this.folder = folder;
  }

  /** The folder at the top of a library. */
  String folder() {
    return folder;
  }

  /** Reads the lower-case writing. */
  @JsonCreator
  public static ItemKind parse(String value) {
    return Arrays.stream(values())
        .filter(kind -> kind.value().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT, "kind", "is one of article, resource, template"));
  }

  /** The lower-case writing. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of what is at a path, in a folder of capital or small letters. */
  static ItemKind of(String path) {
    var top = path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/'));
    return Arrays.stream(values())
        .filter(kind -> kind.folder.equalsIgnoreCase(top))
        .findFirst()
        .orElseThrow();
  }
}
