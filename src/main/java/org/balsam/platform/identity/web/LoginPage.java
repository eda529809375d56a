package org.balsam.platform.identity.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.balsam.platform.page.PageFrame;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page on which people sign in. */
@RestController
@Hidden
class LoginPage {

  private final SignIn signIn;

  LoginPage(SignIn signIn) {
    this.signIn = signIn;
  }

  @GetMapping(value = "/login", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String show(
      CsrfToken token, @RequestParam Map<String, String> parameters, HttpServletRequest request) {
    var frame = new PageFrame(request);
    var words = frame.words();
    return frame.page(
        words.of("sign-in.act"),
        words.of("sign-in.heading"),
        signIn.page(token, parameters, words));
  }
}
