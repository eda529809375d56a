package org.balsam.platform.identity.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.platform.identity.Directory;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the signed-in person into the call context, with the groups that the directory knows now: a
 * session outlives neither the person nor a role. Records whatever ends in 403.
 */
final class ActorFilter extends OncePerRequestFilter {

  private final Directory directory;
  private final AuditTrail audit;

  ActorFilter(Directory directory, AuditTrail audit) {
    this.directory = directory;
    this.audit = audit;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var context = context(request);
    Requests.in(
        context,
        () -> {
          try {
            chain.doFilter(request, response);
          } finally {
            if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
              recordDenial(request);
            }
          }
        });
  }

  private CallContext context(HttpServletRequest request) {
    var now = CallContext.current();
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null
        || !authentication.isAuthenticated()
        || authentication instanceof AnonymousAuthenticationToken) {
      return now;
    }
    var id = authentication.getName();
    if (directory.person(id).isEmpty()) {
      signOut(request);
      return now;
    }
    return new CallContext(
        Actor.user(id, directory.groupsOf(id)),
        now.project(),
        now.subject(),
        now.processInstance(),
        now.activity(),
        now.correlation(),
        now.source());
  }

  private static void signOut(HttpServletRequest request) {
    SecurityContextHolder.clearContext();
    var session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  private void recordDenial(HttpServletRequest request) {
    var path = request.getRequestURI();
    audit.recordSeparately(
        AuditEntry.refused("access.denied", null, null, "403")
            .with("method", request.getMethod())
            .with("path", path.length() > 300 ? path.substring(0, 300) : path));
  }
}
