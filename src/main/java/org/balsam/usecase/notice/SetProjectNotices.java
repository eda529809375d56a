package org.balsam.usecase.notice;

import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.NoticePreferences;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rules which of a project's notices leave by which channel. */
@Component
public class SetProjectNotices {

  private final NoticePreferences preferences;
  private final AuditTrail trail;

  SetProjectNotices(NoticePreferences preferences, AuditTrail trail) {
    this.preferences = preferences;
    this.trail = trail;
  }

  /**
   * What to do.
   *
   * @param rules all of them; what is not named becomes {@code chosen}
   */
  public record Command(ProjectId project, List<NoticePreferences.Rule> rules, Actor actor) {

    public Command {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws org.balsam.kernel.Invalid for an unknown channel, or a kind that always leaves
   * @throws org.balsam.kernel.NotFound for people outside the project
   * @throws org.balsam.kernel.Forbidden for members who do not own it
   */
  @Transactional
  public void handle(Command command) {
    command.actor.requireAny(command.project, Role.OWNER);
    preferences.setRules(command.project, command.rules);
    trail.record(
        AuditEntry.done("notice.rules.changed", command.project.value(), null)
            .with(
                "rules",
                command.rules.stream()
                    .map(
                        rule ->
                            rule.channel() + "/" + rule.kind().value() + "/" + rule.level().value())
                    .sorted()
                    .toList()));
  }
}
