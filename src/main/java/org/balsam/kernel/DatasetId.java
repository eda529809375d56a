package org.balsam.kernel;

import java.util.regex.Pattern;

/** A dataset of a project over all its versions: {@code lfs/proc/persons}. */
public record DatasetId(ProjectId project, Layer layer, String name) {

  private static final Pattern NAME = Grammar.anchored(Grammar.NAME);

  public DatasetId {
    Grammar.check(
        NAME,
        "dataset",
        name,
        "2 to 32 characters, a lower-case letter first, then letters, digits and '_'");
  }

  /**
   * Where build {@code build} of this dataset keeps its files: {@code
   * 2026-q3/r0/proc/persons/b003/}.
   */
  public String prefix(Period period, int revision, int build) {
    return "%s/r%d/%s/%s/b%03d/".formatted(period, revision, layer.value(), name, build);
  }

  /** The written form. */
  public String value() {
    return project + "/" + layer.value() + "/" + name;
  }

  @Override
  public String toString() {
    return value();
  }
}
