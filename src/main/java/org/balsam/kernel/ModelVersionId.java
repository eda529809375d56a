package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One version of a model of a project: {@code coicop-coder@2.1.0}. Versions of one model are
 * ordered by number (Semantic Versioning 2.0.0, without pre-releases), so 1.10.0 comes after 1.9.0.
 *
 * @param major a new target classification or schema, 0 to 9999
 * @param minor another algorithm or other features, 0 to 9999
 * @param patch trained again on new data, 0 to 9999
 */
public record ModelVersionId(ModelName model, int major, int minor, int patch)
    implements Comparable<ModelVersionId> {

  /** What is new in a version against the one before. */
  public enum Change {
    /** The target classification or the schema. */
    MAJOR,
    /** The algorithm or the features. */
    MINOR,
    /** The data only. */
    PATCH
  }

  private static final String NUMBER = "(0|[1-9]\\d{0,3})";
  private static final Pattern PATTERN =
      Pattern.compile(
          "^(?=.{3,24}@)("
              + ModelName.SHAPE
              + ")@"
              + NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "\\z");
  private static final Comparator<ModelVersionId> ORDER =
      Comparator.comparing((ModelVersionId id) -> id.model.value())
          .thenComparingInt(ModelVersionId::major)
          .thenComparingInt(ModelVersionId::minor)
          .thenComparingInt(ModelVersionId::patch);

  public ModelVersionId {
    if (outside(major) || outside(minor) || outside(patch)) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "model version",
          major + "." + minor + "." + patch + " is not three numbers of 0 to 9999");
    }
  }

  /** Reads {@code coicop-coder@2.1.0}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ModelVersionId parse(String value) {
    var matcher = PATTERN.matcher(value);
    if (value.length() > 64 || !matcher.matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "model version",
          "'"
              + Grammar.printable(value)
              + "' is not a model version; allowed: <model>@<major>.<minor>.<patch>, for example"
              + " coicop-coder@2.1.0");
    }
    return new ModelVersionId(
        new ModelName(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }

  /** The first version of a model, 1.0.0. */
  public static ModelVersionId first(ModelName model) {
    return new ModelVersionId(model, 1, 0, 0);
  }

  /** The version that follows this one. */
  public ModelVersionId next(Change change) {
    return switch (change) {
      case MAJOR -> new ModelVersionId(model, major + 1, 0, 0);
      case MINOR -> new ModelVersionId(model, major, minor + 1, 0);
      case PATCH -> new ModelVersionId(model, major, minor, patch + 1);
    };
  }

  /** The part behind the {@code @}: {@code 2.1.0}. */
  public String label() {
    return major + "." + minor + "." + patch;
  }

  /**
   * The tag that marks the version in its project's repository: {@code mdl/coicop-coder/v2.1.0}.
   */
  public String tag() {
    return "mdl/" + model + "/v" + label();
  }

  /** The written form. */
  @JsonValue
  public String value() {
    return model + "@" + label();
  }

  @Override
  public int compareTo(ModelVersionId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return value();
  }

  private static boolean outside(int number) {
    return number < 0 || number > 9999;
  }
}
