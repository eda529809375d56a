package org.balsam.platform.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Routes that sign-in has to do with. Path patterns are matched against the whole path: the
 * engine's REST servlet would otherwise escape the chain that guards it.
 */
public final class Routes {

  /** Where people come to who asked for no page. */
  public static final String HOME = "/";

  /** The button of the engine's web applications. */
  public static final RequestMatcher LOGOUT_IN_TASKLIST =
      post("/camunda/api/admin/auth/user/*/logout");

  /** Every way out. */
  public static final RequestMatcher LOGOUT =
      new OrRequestMatcher(post("/logout"), LOGOUT_IN_TASKLIST);

  /**
   * What a person opens, and nothing that a page loads on the side: only a page may begin a
   * sign-in, because another one that begins later makes the first one's answer unwanted.
   */
  public static final RequestMatcher PAGES = pages();

  private Routes() {}

  /** After signing in people come back to the page they asked for, never to a part of it. */
  public static RequestCache rememberingPages() {
    var cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(PAGES);
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  private static RequestMatcher pages() {
    var html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
    html.setUseEquals(true);
    RequestMatcher reading = request -> request.getMethod().equals("GET");
    return new AndRequestMatcher(html, reading);
  }

  /** Any of the patterns, with any method. */
  public static RequestMatcher all(String... patterns) {
    return new OrRequestMatcher(
        Arrays.stream(patterns)
            .map(
                pattern ->
                    (RequestMatcher) PathPatternRequestMatcher.withDefaults().matcher(pattern))
            .toList());
  }

  /** Whether the request brings credentials of the scheme. */
  public static boolean hasCredentials(HttpServletRequest request, String scheme) {
    var authorization = request.getHeader("Authorization");
    var start = scheme + " ";
    return authorization != null && authorization.regionMatches(true, 0, start, 0, start.length());
  }

  private static RequestMatcher post(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, pattern);
  }
}
