package org.balsam.usecase.notice;

import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.NoticePreferences;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which notices leave by which channel. */
@Component
public class NoticeSettings {

  private final NoticePreferences preferences;

  NoticeSettings(NoticePreferences preferences) {
    this.preferences = preferences;
  }

  /**
   * The project's rules, for each channel and kind.
   *
   * @throws NotFound for people outside the project
   */
  @Transactional(readOnly = true)
  public List<NoticePreferences.Rule> ofProject(ProjectId project, Actor actor) {
    actor.requireMemberOf(project);
    return preferences.rules(project);
  }

  /** What the actor does not want. */
  @Transactional(readOnly = true)
  public List<NoticePreferences.Mute> ofPerson(Actor actor) {
    return preferences.mutes(actor.id());
  }
}
