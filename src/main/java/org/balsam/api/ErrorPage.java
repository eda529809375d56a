package org.balsam.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.balsam.platform.page.PageFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;

/** What people read in the browser instead of a page that they asked for. */
final class ErrorPage {

  private static final String TASKLIST = "/camunda/app/tasklist/";
  private static final String SAID = "<p role=\"alert\">%s</p>%n";
  private static final String DETAIL = "<p lang=\"en\">%s</p>%n";
  private static final String WAY = "<p><a href=\"%s\">%s</a></p>%n";
  private static final String SIGN_OUT =
      """
      <form method="post" action="%s/logout">
      <input type="hidden" name="%s" value="%s">
      <button type="submit">%s</button>
      </form>
      """;

  private final PageFrame frame;
  private final HttpStatus status;
  private final boolean isTasklist;
  private final @Nullable CsrfToken session;

  /** For a request that failed with the status; one with a session can end it. */
  ErrorPage(HttpServletRequest request, HttpStatus status) {
    this.frame = new PageFrame(request);
    this.status = status;
    this.isTasklist =
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
            && path.startsWith(request.getContextPath() + TASKLIST);
    this.session =
        request.getUserPrincipal() != null
                && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
            ? token
            : null;
  }

  /**
   * The page.
   *
   * @param detail what programs are told; shown only where it says which system does not answer
   */
  String html(String detail) {
    var words = frame.words();
    var content = SAID.formatted(words.of(text()));
    if (isAway() && !detail.isEmpty()) {
      content += DETAIL.formatted(PageFrame.escape(detail));
    }
    content += way();
    if (session != null) {
      content +=
          SIGN_OUT.formatted(
              frame.base(),
              session.getParameterName(),
              session.getToken(),
              words.of("error.sign-out"));
    }
    return frame.page(words.of(title()), content);
  }

  private String way() {
    var words = frame.words();
    if (status == HttpStatus.NOT_FOUND && !isTasklist) {
      return WAY.formatted(frame.base() + "/", words.of("error.to-console"));
    }
    return WAY.formatted(
        frame.base() + TASKLIST + "default/",
        words.of(isTasklist ? "error.retry" : "error.to-tasklist"));
  }

  private String title() {
    return switch (status) {
      case FORBIDDEN -> "error.forbidden.title";
      case NOT_FOUND -> "error.missing.title";
      case BAD_GATEWAY, SERVICE_UNAVAILABLE -> "error.away.title";
      default -> "error.broken.title";
    };
  }

  private String text() {
    return switch (status) {
      case FORBIDDEN -> isTasklist ? "error.forbidden.tasklist" : "error.forbidden.text";
      case NOT_FOUND -> "error.missing.text";
      case BAD_GATEWAY, SERVICE_UNAVAILABLE -> "error.away.text";
      case BAD_REQUEST -> "error.malformed.text";
      case UNAUTHORIZED -> "error.unauthenticated.text";
      default -> status.is5xxServerError() ? "error.broken.text" : "error.refused.text";
    };
  }

  private boolean isAway() {
    return status == HttpStatus.BAD_GATEWAY || status == HttpStatus.SERVICE_UNAVAILABLE;
  }
}
