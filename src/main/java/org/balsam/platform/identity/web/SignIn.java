package org.balsam.platform.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.balsam.platform.page.PageWords;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.csrf.CsrfToken;

/** How programs and people prove who they are; each type of identity has its own way. */
public interface SignIn {

  /** For routes that only programs call. */
  void programs(HttpSecurity http) throws Exception;

  /** For routes that programs call and people open in a browser. */
  void api(HttpSecurity http) throws Exception;

  /** For people in a browser; the answer to who is not signed in, and the way out, included. */
  void browser(HttpSecurity http) throws Exception;

  /**
   * Whether the request itself brings what {@link #api} accepts, so that it does not rest on a
   * session.
   */
  boolean isSelfContained(HttpServletRequest request);

  /** What the page {@code /login} shows: HTML below the heading. */
  String page(CsrfToken token, Map<String, String> parameters, PageWords words);
}
