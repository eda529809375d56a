package org.balsam.api;

import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;

/** The version of a thing as an {@code ETag}, and as demanded by {@code If-Match}. */
final class EntityTag {

  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

  private EntityTag() {}

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * The version that a change was made for.
   *
   * @throws Invalid PRECONDITION_REQUIRED without the header
   */
  static long required(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new Invalid(
          ErrorCode.PRECONDITION_REQUIRED,
          "If-Match",
          "send the ETag that you read, so that nobody's change is overwritten");
    }
    var matcher = TAG.matcher(ifMatch.strip());
    if (!matcher.matches()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "If-Match", "is not one ETag of this API, for example \"3\"");
    }
    return Long.parseLong(matcher.group(1));
  }
}
