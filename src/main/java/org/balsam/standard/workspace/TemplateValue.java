package org.balsam.standard.workspace;

import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.standard.yaml.Shown;

/**
 * A value on its way into a manifest.
 *
 * @param text as people know it; of a credential, its key in the Secret
 * @param plain where only letters, digits and a few signs are safe
 */
record TemplateValue(String text, String plain, Kind kind) {

  /** Nothing that a shell, a path, a host name or an address gives a meaning. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9](?!.*\\.\\.)[A-Za-z0-9._/:@+-]*");

  /** Nothing that changes where an address leads. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile("[A-Za-z0-9](?!.*(?:\\.\\.|//))[A-Za-z0-9._/-]*");

  /** Nothing that the formats of settings give a meaning. */
  private static final String LINE = "[^\\p{L}\\p{M}\\p{N}\\p{So} ._@+:/,()&-]";

  /** Where it comes from. */
  enum Kind {
    /** By a grammar. */
    ID,
    /** People chose it freely. */
    NAME,
    /** People gave it for this workspace. */
    PARAMETER,
    /** Must never be seen. */
    CREDENTIAL
  }

  static TemplateValue id(String text) {
    return new TemplateValue(text, text, Kind.ID);
  }

  static TemplateValue name(String text) {
    return new TemplateValue(text, PlainName.of(text), Kind.NAME);
  }

  static TemplateValue parameter(String text) {
    return new TemplateValue(text, text, Kind.PARAMETER);
  }

  static TemplateValue credential(String key) {
    return new TemplateValue(key, key, Kind.CREDENTIAL);
  }

  /** As it may stand there; empty when it may not. */
  Optional<String> at(Place place) {
    return switch (place) {
      case ENVIRONMENT -> Optional.of(text.replace("$(", "$$("));
      case ANNOTATION -> Optional.of(text);
      case DATA -> line();
      case ADDRESS -> IN_ADDRESS.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
      case COMMAND, NAME, OTHER ->
          PLAIN.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    };
  }

  private Optional<String> line() {
    var line = text.replaceAll(LINE, "");
    if (line.equals(text)) {
      return Optional.of(text);
    }
    return switch (kind) {
      case NAME -> Optional.of(line.isBlank() ? plain : line.strip());
      case ID, PARAMETER, CREDENTIAL -> Optional.empty();
    };
  }

  /** Why it may not stand there. */
  String refusal(Place place) {
    var allowed =
        switch (place) {
          case DATA -> "one line of letters, digits, spaces and . _ @ + : / , ( ) & -";
          case ADDRESS -> "letters, digits and . _ / - without '..' and '//'";
          case ENVIRONMENT, ANNOTATION, COMMAND, NAME, OTHER ->
              "letters, digits and . _ / : @ + - without '..'";
        };
    return "'%s' is not allowed %s; allowed: %s, a letter or digit first"
        .formatted(Shown.of(text), place.words(), allowed);
  }
}
