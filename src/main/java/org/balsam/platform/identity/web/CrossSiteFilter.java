package org.balsam.platform.identity.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another site makes a browser send to the routes for programs: a browser
 * that once asked for the password sends it along by itself. Programs do not send the header that
 * browsers never let a page forge.
 */
final class CrossSiteFilter extends OncePerRequestFilter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN.contains(site) && !SAFE.contains(request.getMethod())) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "sent by a page of another site");
      return;
    }
    chain.doFilter(request, response);
  }
}
