package org.balsam.platform.identity.embedded;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Keeps the name of a sign-in that failed until the page is shown again; never the password. */
final class FailedName extends SimpleUrlAuthenticationFailureHandler {

  private static final String ATTRIBUTE = FailedName.class.getName();
  private static final int LONGEST = 200;

  FailedName() {
    super("/login?error");
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, ServletException {
    var name = request.getParameter("username");
    if (name != null && name.length() <= LONGEST) {
      request.getSession().setAttribute(ATTRIBUTE, name);
    }
    super.onAuthenticationFailure(request, response, failure);
  }

  /** The name in the session of the present request, once; empty when there is none. */
  static String take() {
    var session = RequestContextHolder.currentRequestAttributes();
    var name = session.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_SESSION);
    session.removeAttribute(ATTRIBUTE, RequestAttributes.SCOPE_SESSION);
    return name == null ? "" : name.toString();
  }
}
