package org.balsam.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.audit.ApprovalTrail;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;

/** Completed tasks as the trail would hold them, sealed or not as the test says. */
public final class ScriptedApprovals implements ApprovalTrail {

  private record Recorded(String subject, String activity, Completion completion) {}

  private final List<Recorded> completions = new CopyOnWriteArrayList<>();
  public volatile boolean sealed = true;

  public void complete(String subject, String activity, String actor, Instant at) {
    var id = "event-" + (completions.size() + 1);
    completions.add(new Recorded(subject, activity, new Completion(id, actor, at)));
  }

  @Override
  public Optional<Completion> newest(
      ProjectId project, String subject, String activity, Instant after) {
    return completions.stream()
        .filter(one -> one.subject.equals(subject) && one.activity.equals(activity))
        .map(Recorded::completion)
        .filter(completion -> completion.at().isAfter(after))
        .reduce((older, newer) -> newer);
  }

  @Override
  public void requireInclusion(String event) {
    if (!sealed) {
      throw new ExternalFailure(ErrorCode.NOT_SEALED, "audit trail", true, event, null);
    }
  }

  @Override
  public String requireInclusion(ProjectId project, String subject, String action) {
    var event = action + " of " + subject;
    requireInclusion(event);
    return event;
  }

  @Override
  public void export(ProjectId project, OutputStream target) throws IOException {
    target.write(("audit of " + project).getBytes(StandardCharsets.UTF_8));
  }
}
