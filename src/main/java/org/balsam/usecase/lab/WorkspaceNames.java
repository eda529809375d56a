package org.balsam.usecase.lab;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.PlainWords;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Sha256;

/** Names of workspaces and lab branches, by the grammar of {@code docs/identifiers.md}. */
final class WorkspaceNames {

  private static final int LONGEST_PERSON = 10;
  private static final int MOST_WORDS = 6;

  private WorkspaceNames() {}

  /**
   * The first free name of a person's workspaces: {@code ws-lfs-ujdoe01}, then with {@code -2}.
   *
   * @throws Rejection LIMIT_EXCEEDED when nine are taken
   */
  static String workspace(ProjectId project, String person, Set<String> taken) {
    var base = "ws-" + project + "-" + person(person);
    return IntStream.rangeClosed(1, 9)
        .mapToObj(number -> number == 1 ? base : base + "-" + number)
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.LIMIT_EXCEEDED,
                    "nine workspaces are named " + base + "; end one of them first"));
  }

  /** {@code lab/ujdoe01/price-outliers-a1b2c3}; no other exploration has it. */
  static String branch(ExplorationId exploration, String person, String title) {
    return "lab/" + person(person) + "/" + slug(title) + exploration.suffix();
  }

  private static String slug(String title) {
    return PlainWords.of(title).stream()
        .limit(MOST_WORDS)
        .map(word -> word + "-")
        .collect(Collectors.joining());
  }

  /** {@code u} and three to ten letters and digits of the person's id. */
  private static String person(String id) {
    var plain = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    var enough = plain.length() < 3 ? plain + Sha256.of(id).value().substring(0, 4) : plain;
    return "u" + enough.substring(0, Math.min(LONGEST_PERSON, enough.length()));
  }
}
