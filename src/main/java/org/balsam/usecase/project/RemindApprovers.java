package org.balsam.usecase.project;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reminds the platform administrators of a project that waits for their decision. */
@Component
public class RemindApprovers {

  private final ProjectRepository projects;
  private final Messenger messenger;
  private final Clock clock;

  RemindApprovers(ProjectRepository projects, Messenger messenger, Clock clock) {
    this.projects = projects;
    this.messenger = messenger;
    this.clock = clock;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it on the same day sends nothing more. */
  @Transactional
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    messenger.send(
        new Messenger.Notice(
            id + "/approval-overdue/" + LocalDate.now(clock),
            Messenger.Kind.TASK,
            id,
            List.of(Actor.PLATFORM_ADMINISTRATORS),
            "The project " + id + " waits for approval",
            project.name()
                + " was requested by "
                + project.requestedBy()
                + " and waits for the decision of an administrator who did not request it.",
            ""));
  }
}
