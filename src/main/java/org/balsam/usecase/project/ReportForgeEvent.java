package org.balsam.usecase.project;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes into the trail what a forge tells of the code of a project, once for each event. It moves
 * nothing: what Balsam builds on it reads from Git itself.
 */
@Component
public class ReportForgeEvent {

  private static final String ROUNDS = "round/";
  private static final String EXPLORATIONS = "work/";
  private static final int KEPT_DAYS = 90;
  private static final int FORGOTTEN_AT_ONCE = 1000;

  private final ProjectRepository projects;
  private final JdbcClient jdbc;
  private final AuditTrail audit;

  ReportForgeEvent(ProjectRepository projects, JdbcClient jdbc, AuditTrail audit) {
    this.projects = projects;
    this.jdbc = jdbc;
    this.audit = audit;
  }

  /** What happened. */
  public enum What {
    PUSHED("forge.pushed", "branch"),
    TAGGED("forge.tagged", "tag"),
    MERGE("forge.merge-request", "branch");

    private final String action;
    private final String name;

    What(String action, String name) {
      this.action = action;
      this.name = name;
    }
  }

  /**
   * One event.
   *
   * @param event the forge's id of it
   * @param ref the branch or tag, of a merge request the branch to be merged
   * @param facts what else the forge says, fit to be shown; no secrets, no free text
   */
  public record Command(
      UUID event, ProjectId project, What what, String ref, Map<String, String> facts) {}

  /**
   * Does it.
   *
   * @return false for a project that Balsam does not have, and for an event that it was told before
   */
  @Transactional
  public boolean handle(Command command) {
    if (!projects.existsById(command.project.value()) || !note(command)) {
      return false;
    }
    var entry =
        AuditEntry.done(command.what.action, command.project.value(), subject(command))
            .with("event", command.event.toString())
            .with(command.what.name, command.ref);
    for (var fact : command.facts.entrySet()) {
      entry = entry.with(fact.getKey(), fact.getValue());
    }
    audit.record(entry);
    forgetOld();
    return true;
  }

  /** Another who is told of the same event at this moment waits for this transaction. */
  private boolean note(Command command) {
    return jdbc.sql(
                "insert into balsam.forge_event (event, project) values (?, ?)"
                    + " on conflict do nothing")
            .params(command.event, command.project.value())
            .update()
        == 1;
  }

  /** Far longer than a forge sends anything again. Leaves what others are removing meanwhile. */
  private void forgetOld() {
    jdbc.sql(
            """
            delete from balsam.forge_event where event in (
              select event from balsam.forge_event
              where noted_at < now() - make_interval(days => ?)
              order by noted_at limit ? for update skip locked)
            """)
        .params(KEPT_DAYS, FORGOTTEN_AT_ONCE)
        .update();
  }

  /** The round or exploration whose branch it is. */
  private static @Nullable String subject(Command command) {
    return command.what == What.TAGGED
        ? null
        : round(command.project, command.ref).or(() -> exploration(command.ref)).orElse(null);
  }

  private static Optional<String> round(ProjectId project, String branch) {
    try {
      return branch.startsWith(ROUNDS)
          ? Optional.of(RoundId.parse(project + "-" + branch.substring(ROUNDS.length())).value())
          : Optional.empty();
    } catch (Invalid noRound) {
      return Optional.empty();
    }
  }

  private static Optional<String> exploration(String branch) {
    try {
      return branch.startsWith(EXPLORATIONS)
          ? Optional.of(new ExplorationId(branch.substring(EXPLORATIONS.length())).value())
          : Optional.empty();
    } catch (Invalid noExploration) {
      return Optional.empty();
    }
  }
}
