package org.balsam.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ShownText;
import org.balsam.standard.gate.HardwareProfile;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What a launch link says. It is written by anybody, so that it says little: where, what it is
 * called, the size, and parameters of the template. It can name no data, no network and no code.
 *
 * @param parameters texts by the template's names
 */
record LaunchLink(
    ProjectId project,
    String branch,
    String name,
    @Nullable HardwareProfile hardware,
    Map<String, String> parameters) {

  /** What a parameter of the template begins with. */
  static final String PARAMETER = "parameters.";

  private static final Set<String> KEYS = Set.of("project", "branch", "name", "hardware");
  private static final int LONGEST = 200;

  /**
   * Reads the query of a link.
   *
   * @param besides what a form has besides
   * @throws Invalid with each key that is missing, unknown, twice or too long
   */
  static LaunchLink read(MultiValueMap<String, String> query, Set<String> besides) {
    var problems = new java.util.ArrayList<Problem>();
    var parameters = new TreeMap<String, String>();
    query.forEach(
        (key, values) -> {
          if (besides.contains(key)) {
            return;
          }
          problem(key, values).ifPresent(problems::add);
          if (key.startsWith(PARAMETER)) {
            parameters.put(key.substring(PARAMETER.length()), values.get(0));
          }
        });
    if (!query.containsKey("project")) {
      problems.add(new Problem("project", "is missing; needed: the id of a project"));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
    var size = query.getFirst("hardware");
    return new LaunchLink(
        new ProjectId(query.getFirst("project")),
        query.containsKey("branch") ? query.getFirst("branch") : "main",
        ShownText.line("name", query.getOrDefault("name", List.of("Launched")).get(0), 3, 60),
        size == null ? null : HardwareProfile.parse(size),
        parameters);
  }

  private static java.util.Optional<Problem> problem(String key, List<String> values) {
    var shown = key.length() > 60 ? key.substring(0, 60) + "…" : key;
    if (!KEYS.contains(key) && !key.startsWith(PARAMETER)) {
      return java.util.Optional.of(
          new Problem(
              shown,
              "is not known; allowed: %s, %s… with the names of the template's parameters"
                  .formatted(String.join(", ", new TreeSet<>(KEYS)), PARAMETER)));
    }
    if (values.size() != 1) {
      return java.util.Optional.of(new Problem(shown, "is there more than once"));
    }
    return values.get(0) == null || values.get(0).length() > LONGEST
        ? java.util.Optional.of(new Problem(shown, "is longer than " + LONGEST + " characters"))
        : java.util.Optional.empty();
  }

  /** As a form sends it again. */
  Map<String, String> fields() {
    var fields = new TreeMap<String, String>();
    fields.put("project", project.value());
    fields.put("branch", branch);
    fields.put("name", name);
    if (hardware != null) {
      fields.put("hardware", hardware.value());
    }
    parameters.forEach((key, value) -> fields.put(PARAMETER + key, value));
    return fields;
  }
}
