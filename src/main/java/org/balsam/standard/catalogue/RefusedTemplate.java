package org.balsam.standard.catalogue;

import java.util.List;

/**
 * A template that cannot be used, or a whole source that could not be read.
 *
 * @param source where it comes from: {@code built-in}, {@code folder}, {@code git methods}
 * @param template the name of its folder; empty for a source as a whole
 * @param reasons each with its place
 */
public record RefusedTemplate(String source, String template, List<String> reasons) {

  public RefusedTemplate {
    reasons = List.copyOf(reasons);
  }

  /** One line for each reason. */
  @Override
  public String toString() {
    var name = template.isEmpty() ? source : source + ", " + template;
    return String.join("\n", reasons.stream().map(reason -> name + ": " + reason).toList());
  }
}
