package org.balsam.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that are too long or hold invisible characters. */
final class QueryGuard implements HandlerInterceptor {

  private static final int MAX_TEXT = 1000;

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              for (var value : values) {
                check(name, value);
              }
            });
    return true;
  }

  private static void check(String name, String value) {
    if (value.length() > MAX_TEXT || HiddenText.isIn(value) || HiddenText.isIn(name)) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          HiddenText.shown(name),
          "allowed are at most " + MAX_TEXT + " visible characters");
    }
  }
}
