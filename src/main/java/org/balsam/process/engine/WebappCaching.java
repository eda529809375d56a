package org.balsam.process.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets browsers keep the engine's scripts, styles and fonts, which name their version in the
 * address: five megabytes that were sent at each opening of Tasklist.
 */
final class WebappCaching extends OncePerRequestFilter {

  private static final Pattern VERSIONED =
      Pattern.compile(
          "/camunda/(lib/.+|assets/.+|app/[a-z]+/locales/.+|app/[a-z]+/camunda-[a-z-]+-bootstrap\\.(js|css))");

  private static final Pattern PAGE = Pattern.compile("/camunda/app/(tasklist|cockpit)/default/");

  /** The pages show names instead of texts where the texts arrive after the lists. */
  private static final String TEXTS =
      "<%s/camunda/app/%s/locales/en.json?bust="
          + ProcessEngine.class.getPackage().getImplementationVersion()
          + ">; rel=preload; as=fetch; crossorigin";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var prefix = request.getContextPath();
    var path = request.getRequestURI().substring(prefix.length());
    if (request.getParameter("bust") != null && VERSIONED.matcher(path).matches()) {
      response.setHeader("Cache-Control", "private, max-age=2592000, immutable");
    }
    var page = PAGE.matcher(path);
    if (page.matches()) {
      response.addHeader("Link", TEXTS.formatted(prefix, page.group(1)));
    }
    chain.doFilter(request, response);
  }
}
