package org.balsam.platform.identity.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Opens the call context of a request: nobody yet, from an address, under a correlation id that the
 * client may choose ({@code X-Correlation-Id}, at most 64 letters, digits, '.', '_' and '-') and
 * always gets back.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class CorrelationFilter extends OncePerRequestFilter {

  static final String HEADER = "X-Correlation-Id";
  private static final Pattern ACCEPTED = Pattern.compile("^[A-Za-z0-9._-]{1,64}\\z");
  private static final Actor ANONYMOUS = Actor.user("anonymous", Set.of());

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var correlation = correlation(request.getHeader(HEADER));
    response.setHeader(HEADER, correlation);
    var context =
        new CallContext(ANONYMOUS, null, null, null, null, correlation, request.getRemoteAddr());
    Requests.in(context, () -> chain.doFilter(request, response));
  }

  private static String correlation(@Nullable String given) {
    return given != null && ACCEPTED.matcher(given).matches()
        ? given
        : UUID.randomUUID().toString();
  }
}
