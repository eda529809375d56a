package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.Role;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.yaml.Shown;
import org.jspecify.annotations.Nullable;

/** Reads the keys {@code hardware}, {@code roles} and {@code deprecated} of a template. */
final class TemplateUseReader {

  private static final Set<String> DEPRECATION_KEYS = Set.of("reason", "successor", "until");
  private static final int LONGEST_REASON = 200;

  private final String file;
  private final List<Problem> problems;

  TemplateUseReader(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  TemplateUse read(JsonNode given) {
    return new TemplateUse(
        list(given.path("hardware"), "hardware", HardwareProfile::parse),
        new LinkedHashSet<>(list(given.path("roles"), "roles", TemplateUseReader::role)),
        deprecation(given.path("deprecated")));
  }

  private static Role role(String given) {
    return Role.EXPLORING.stream()
        .filter(role -> role.value().equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "roles",
                    "'%s' is not a role that explores; allowed: %s"
                        .formatted(
                            Shown.of(given),
                            Role.EXPLORING.stream()
                                .map(Role::value)
                                .collect(Collectors.joining(", ")))));
  }

  private <T> List<T> list(JsonNode given, String key, Function<String, T> parse) {
    var read = new ArrayList<T>();
    if (given.isMissingNode()) {
      return read;
    }
    if (!given.isArray() || given.isEmpty()) {
      problems.add(new Problem(file + ", " + key, "is not a list of one or more"));
    }
    for (var one : given) {
      try {
        read.add(parse.apply(one.asText()));
      } catch (Invalid unknown) {
        problems.add(new Problem(file + ", " + key, unknown.problems().get(0).message()));
      }
    }
    return read;
  }

  private @Nullable Deprecation deprecation(JsonNode given) {
    if (given.isMissingNode()) {
      return null;
    }
    var where = file + ", deprecated";
    given
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!DEPRECATION_KEYS.contains(key)) {
                problems.add(
                    new Problem(
                        where,
                        "the key '%s' is not known; allowed: reason, successor, until"
                            .formatted(Shown.of(key))));
              }
            });
    var reason = given.path("reason").asText().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON || reason.lines().count() > 1) {
      problems.add(new Problem(where, "reason is missing, or not one line of 1 to 200 characters"));
    }
    var successor = given.path("successor");
    if (!successor.isMissingNode() && !TemplateFolder.isId(successor.asText())) {
      problems.add(
          new Problem(
              where,
              "the successor '%s' is not the id of a template"
                  .formatted(Shown.of(successor.asText()))));
    }
    return new Deprecation(
        reason,
        successor.isMissingNode() ? null : successor.asText(),
        date(given.path("until"), where));
  }

  private @Nullable LocalDate date(JsonNode given, String where) {
    try {
      return given.isMissingNode() ? null : LocalDate.parse(given.asText());
    } catch (DateTimeParseException malformed) {
      problems.add(
          new Problem(
              where,
              "until is '%s'; needed: a date like 2027-01-31".formatted(Shown.of(given.asText()))));
      return null;
    }
  }
}
