package org.balsam.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages of the console's router, and who looks at which address of each. */
final class ConsolePages {

  private static final Path ROUTER = Path.of("src/main/resources/static/console/main.js");
  private static final Pattern ROUTE = Pattern.compile("(?m)^  \\['([^']*)', \\w+],$");
  private static final String ROUND = "projects/emp-industry/rounds/emp-industry-2008-q4-r0";
  private static final String STRIKES = "projects/" + StrikesProject.ID;
  private static final String EXPLORATIONS = "projects/emp-industry/explorations";

  /**
   * Who looks at a page, and where; what is in braces is made by the test.
   *
   * @param page as the router has it
   */
  record Look(String page, String person, String path) {

    /** Its address with what the test made. */
    String path(Map<String, String> made) {
      var path = this.path;
      for (var one : made.entrySet()) {
        path = path.replace("{" + one.getKey() + "}", one.getValue());
      }
      return path;
    }
  }

  /** One look at least for each page; those of one person follow each other. */
  static final List<Look> LOOKS =
      List.of(
          new Look("", "quality", ""),
          new Look("work", "quality", "work"),
          new Look("tasks/:task", "quality", "tasks/{task}"),
          new Look("projects", "quality", "projects"),
          new Look("projects/:project", "quality", "projects/emp-industry"),
          new Look("projects/:project", "quality", STRIKES),
          new Look("projects/:project/rounds/:round", "quality", ROUND),
          new Look("projects/:project/trainings", "quality", STRIKES + "/trainings"),
          new Look(
              "projects/:project/trainings/:training", "quality", STRIKES + "/trainings/{training}"),
          new Look("projects/:project/models/:model", "quality", STRIKES + "/models/damage"),
          new Look("projects/:project/explorations", "methodology", EXPLORATIONS),
          new Look(
              "projects/:project/explorations/:exploration",
              "methodology",
              EXPLORATIONS + "/{exploration}"),
          new Look("audit", "auditor", "audit"),
          new Look("audit/:event", "auditor", "audit/{event}"),
          new Look("operations", "admin", "operations"),
          new Look("templates", "admin", "templates"));

  private ConsolePages() {}

  /** The pages that the router knows. */
  static Set<String> ofTheRouter() {
    try {
      return ROUTE
          .matcher(Files.readString(ROUTER))
          .results()
          .map(route -> route.group(1))
          .collect(Collectors.toSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
