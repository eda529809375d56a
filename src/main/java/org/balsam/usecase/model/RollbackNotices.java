package org.balsam.usecase.model;

import java.util.List;
import java.util.stream.Stream;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;

/** What people are told about a roll-back. */
@Component
class RollbackNotices {

  private final Messenger messenger;

  RollbackNotices(Messenger messenger) {
    this.messenger = messenger;
  }

  /**
   * Sends a notice once.
   *
   * @param what makes the key of the notice unique in the roll-back
   * @param roles who is told; nobody named means everybody in the project
   */
  void send(
      Messenger.Kind kind,
      RollbackEntity row,
      String what,
      String subject,
      String text,
      Role... roles) {
    var groups = Stream.of(roles).map(role -> role.group(row.project())).toList();
    messenger.send(
        new Messenger.Notice(
            row.id + "/" + what,
            kind,
            row.project(),
            List.copyOf(groups),
            subject,
            text,
            link(row)));
  }

  private static String link(RollbackEntity row) {
    return "/api/v1/projects/" + row.project + "/models/" + row.model + "/rollbacks/" + row.id;
  }
}
