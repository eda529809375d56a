package org.balsam.platform.identity.embedded;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Signs in through the form that the engine's web applications show when a session has ended, and
 * sends them on to the resource that tells who is signed in. The engine's own sign-in would refuse:
 * its token ended with the session.
 */
final class TasklistSignIn extends UsernamePasswordAuthenticationFilter {

  TasklistSignIn(AuthenticationManager manager) {
    super(manager);
    setRequiresAuthenticationRequestMatcher(
        PathPatternRequestMatcher.withDefaults()
            .matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/*/login/*"));
    setSecurityContextRepository(new HttpSessionSecurityContextRepository());
    setSessionAuthenticationStrategy(new ChangeSessionIdAuthenticationStrategy());
    var unauthorized = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
    setAuthenticationFailureHandler(unauthorized::commence);
  }

  @Override
  protected void successfulAuthentication(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Authentication authentication)
      throws IOException, ServletException {
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(authentication);
    SecurityContextHolder.setContext(context);
    new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    var path = request.getRequestURI();
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", path.substring(0, path.indexOf("/login/")));
  }
}
