package org.balsam.api;

import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Optional;
import org.balsam.audit.AuditQuery;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.identity.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Who follows what, and until when.
 *
 * @param session of the browser; null for a program
 * @param project null for all that the person may read
 * @param subject null for all
 */
record Follower(
    String person,
    @Nullable HttpSession session,
    @Nullable ProjectId project,
    @Nullable String subject,
    Instant end) {

  /** Whether the person has not signed out. */
  boolean isSignedIn() {
    if (session == null) {
      return true;
    }
    try {
      return session.getCreationTime() > 0;
    } catch (IllegalStateException ended) {
      return false;
    }
  }

  /** What the person may read at this moment; nothing after losing the project or the account. */
  Optional<AuditQuery> readable(Directory directory) {
    if (directory.person(person).isEmpty()) {
      return Optional.empty();
    }
    var actor = Actor.user(person, directory.groupsOf(person));
    try {
      var projects = ReadableProjects.of(actor, project);
      return Optional.of(new AuditQuery(projects, subject, null, null, null, null));
    } catch (NotFound noLongerMember) {
      return Optional.empty();
    }
  }
}
