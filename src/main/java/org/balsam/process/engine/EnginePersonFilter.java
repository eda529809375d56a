package org.balsam.process.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates the signed-in person in the engine for the request, so that its checks apply. The
 * web applications do this by themselves; there it only marks the route.
 */
final class EnginePersonFilter extends OncePerRequestFilter {

  private final EngineAccess engine;

  EnginePersonFilter(EngineAccess engine) {
    this.engine = engine;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = request.getRequestURI().substring(request.getContextPath().length());
    if (path.startsWith("/api/")) {
      asPerson(request, response, chain);
      return;
    }
    EngineRoute.begin();
    try {
      if (path.startsWith("/engine-rest")) {
        asPerson(request, response, chain);
      } else {
        chain.doFilter(request, response);
      }
    } finally {
      EngineRoute.end();
    }
  }

  private void asPerson(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var actor = CallContext.current().actor();
    if (actor.kind() != Actor.Kind.USER) {
      throw new IllegalStateException("a request came this far without its sender's identity");
    }
    try {
      engine.as(
          actor,
          () -> {
            try {
              chain.doFilter(request, response);
            } catch (IOException | ServletException failure) {
              throw new Passed(failure);
            }
          });
    } catch (Passed passed) {
      if (passed.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw (ServletException) passed.getCause();
    }
  }

  /** Carries a checked exception through a supplier. */
  private static final class Passed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Passed(Exception cause) {
      super(cause);
    }
  }
}
