package org.balsam.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An S3 bucket of a project: {@code nsi-prd-lfs-raw}. */
public record BucketName(@JsonValue String value) {

  private static final Pattern PATTERN =
      Grammar.anchored(
          "(?=.{3,63}\\z)[a-z][a-z0-9]{1,9}-(?:prd|tst|dev|lab)-"
              + Grammar.P
              + "-(?:raw|work|out|rel|mdl|prov)");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public BucketName {
    Grammar.check(
        PATTERN,
        "bucket",
        value,
        "<organisation>-<prd|tst|dev|lab>-<project>-<raw|work|out|rel|mdl|prov>, for example"
            + " nsi-prd-lfs-raw");
  }

  /** The project whose bucket it is. */
  public ProjectId project() {
    var afterEnvironment = value.indexOf('-', value.indexOf('-') + 1) + 1;
    return new ProjectId(value.substring(afterEnvironment, value.lastIndexOf('-')));
  }

  @Override
  public String toString() {
    return value;
  }
}
