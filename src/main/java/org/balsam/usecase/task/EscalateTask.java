package org.balsam.usecase.task;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.messaging.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the owner of a task that waits too long; once a day. */
@Component
public class EscalateTask {

  private final Messenger messenger;
  private final AuditTrail trail;
  private final Clock clock;

  EscalateTask(Messenger messenger, AuditTrail trail, Clock clock) {
    this.messenger = messenger;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Which task.
   *
   * @param subject the business key of the round or training
   * @param activity the BPMN element of the task
   */
  public record Command(ProjectId project, String subject, String activity) {}

  /** Tells the owner. */
  @Transactional
  public void handle(Command command) {
    var subject = command.subject;
    var label = label(command.activity);
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    messenger.send(
        new Messenger.Notice(
            subject + "/" + command.activity + "/overdue/" + day,
            Messenger.Kind.TASK,
            command.project,
            List.of(Role.OWNER.group(command.project)),
            "Overdue: " + label + ", " + subject,
            "The task \"%s\" of %s is overdue. Complete it or find somebody who can."
                .formatted(label, subject),
            link(command)));
    trail.record(
        AuditEntry.done("task.escalated", command.project.value(), subject)
            .with("activity", command.activity));
  }

  /** The element's name as people read it: {@code userTask_confirmInputs} is Confirm inputs. */
  static String label(String activity) {
    var name = activity.substring(activity.indexOf('_') + 1);
    var words = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String link(Command command) {
    var kind = command.subject.startsWith(command.project + "-train-") ? "trainings" : "rounds";
    return "/api/v1/projects/" + command.project + "/" + kind + "/" + command.subject;
  }
}
