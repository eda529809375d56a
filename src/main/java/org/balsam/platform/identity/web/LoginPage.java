package org.balsam.platform.identity.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page on which people sign in; it needs no script and nothing from elsewhere. */
@RestController
@Hidden
class LoginPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Sign in – Balsam</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/login.css">
      </head>
      <body>
      <main>
      <h1>Sign in to Balsam</h1>
      %s
      <form method="post" action="/login">
      <label for="username">User</label>
      <input id="username" name="username" type="text" autocomplete="username"
        autocapitalize="none" spellcheck="false" required autofocus>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <input type="hidden" name="%s" value="%s">
      <button type="submit">Sign in</button>
      </form>
      </main>
      </body>
      </html>
      """;

  @GetMapping(value = "/login", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String show(CsrfToken token, @RequestParam Map<String, String> parameters) {
    var message = "";
    if (parameters.containsKey("error")) {
      message =
          "<p role=\"alert\">This user and password do not fit together, or the user is locked for"
              + " a while after wrong passwords. Please try again.</p>";
    } else if (parameters.containsKey("logout")) {
      message = "<p role=\"status\">You are signed out.</p>";
    }
    return PAGE.formatted(message, token.getParameterName(), token.getToken());
  }
}
