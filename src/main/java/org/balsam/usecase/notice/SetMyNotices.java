package org.balsam.usecase.notice;

import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.platform.messaging.NoticePreferences;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets what a person does not want to be told by a channel. */
@Component
public class SetMyNotices {

  private final NoticePreferences preferences;
  private final AuditTrail trail;

  SetMyNotices(NoticePreferences preferences, AuditTrail trail) {
    this.preferences = preferences;
    this.trail = trail;
  }

  /**
   * What to do.
   *
   * @param mutes all of them
   */
  public record Command(List<NoticePreferences.Mute> mutes, Actor actor) {

    public Command {
      mutes = List.copyOf(mutes);
    }
  }

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws org.balsam.kernel.Invalid for an unknown channel, or a kind that always leaves
   */
  @Transactional
  public void handle(Command command) {
    preferences.setMutes(command.actor.id(), command.mutes);
    trail.record(
        AuditEntry.done("notice.mutes.changed", null, command.actor.id())
            .with(
                "mutes",
                command.mutes.stream()
                    .map(mute -> mute.channel() + "/" + mute.kind().value())
                    .sorted()
                    .toList()));
  }
}
