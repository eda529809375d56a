package org.balsam.usecase.lab;

import java.util.List;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;

/** Tells the project's people about an exploration. */
@Component
class LabNotices {

  private final Messenger messenger;

  LabNotices(Messenger messenger) {
    this.messenger = messenger;
  }

  /** Tells roles, once per {@code key}; no role stands for everybody in the project. */
  void tell(
      Messenger.Kind kind,
      ExplorationEntity about,
      String key,
      String subject,
      String text,
      Role... roles) {
    var id = about.explorationId();
    messenger.send(
        new Messenger.Notice(
            id + "/" + key,
            kind,
            id.project(),
            List.of(roles).stream().map(role -> role.group(id.project())).toList(),
            subject + ": " + about.title,
            text,
            link(id)));
  }

  private static String link(ExplorationId id) {
    return "/api/v1/projects/" + id.project() + "/explorations/" + id;
  }
}
