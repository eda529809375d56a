package org.balsam.platform.identity.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
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
      <html lang="%1$s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%2$s – Balsam</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="login.css">
      </head>
      <body>
      <main>
      <h1>%3$s</h1>
      %4$s
      </main>
      </body>
      </html>
      """;

  private final SignIn signIn;

  LoginPage(SignIn signIn) {
    this.signIn = signIn;
  }

  @GetMapping(value = "/login", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String show(
      CsrfToken token, @RequestParam Map<String, String> parameters, HttpServletRequest request) {
    var words = new SignInWords(request);
    return PAGE.formatted(
        words.language(),
        words.of("sign-in"),
        words.of("heading"),
        signIn.page(token, parameters, words));
  }
}
