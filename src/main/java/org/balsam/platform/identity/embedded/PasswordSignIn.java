package org.balsam.platform.identity.embedded;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.balsam.platform.identity.web.Routes;
import org.balsam.platform.identity.web.SignIn;
import org.balsam.platform.page.PageFrame;
import org.balsam.platform.page.PageWords;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CsrfToken;

/** Programs send a password with each request; people type theirs into Balsam's own page. */
public final class PasswordSignIn implements SignIn {

  private static final String FORM =
      """
      %1$s
      <form method="post" action="login">
      <label for="username">%4$s</label>
      <input id="username" name="username" type="text" autocomplete="username"
        autocapitalize="none" spellcheck="false" required value="%7$s"%8$s>
      <label for="password">%5$s</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required%9$s>
      <input type="hidden" name="%2$s" value="%3$s">
      <button type="submit">%6$s</button>
      </form>
      """;

  private static final String FOCUS = " autofocus";

  private final AuthenticationManager manager;

  /** Sign-in by what the provider knows. */
  public PasswordSignIn(AuthenticationProvider passwords) {
    this.manager = new ProviderManager(passwords);
  }

  @Override
  public void programs(HttpSecurity http) throws Exception {
    http.httpBasic(basic -> basic.realmName("balsam"));
  }

  @Override
  public void api(HttpSecurity http) throws Exception {
    http.httpBasic(basic -> basic.realmName("balsam")).requestCache(cache -> cache.disable());
  }

  @Override
  public void browser(HttpSecurity http) throws Exception {
    http.authenticationManager(manager)
        .requestCache(cache -> cache.requestCache(Routes.rememberingPages()))
        .formLogin(
            form ->
                form.loginPage("/login")
                    .failureHandler(new FailedName())
                    .defaultSuccessUrl(Routes.HOME))
        .logout(
            logout ->
                logout
                    .logoutRequestMatcher(Routes.LOGOUT)
                    .logoutSuccessUrl("/login?logout")
                    .defaultLogoutSuccessHandlerFor(
                        new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT),
                        Routes.LOGOUT_IN_TASKLIST))
        .addFilterAt(new TasklistSignIn(manager), UsernamePasswordAuthenticationFilter.class)
        .exceptionHandling(
            handling ->
                handling.defaultAuthenticationEntryPointFor(
                    new LoginUrlAuthenticationEntryPoint("/login"), Routes.all("/**")));
  }

  @Override
  public boolean isSelfContained(HttpServletRequest request) {
    return Routes.hasCredentials(request, "Basic");
  }

  @Override
  public String page(CsrfToken token, Map<String, String> parameters, PageWords words) {
    var message = "";
    var name = FailedName.take();
    if (parameters.containsKey("error")) {
      message = "<p role=\"alert\">" + words.of("sign-in.error") + "</p>";
    } else if (parameters.containsKey("logout")) {
      message = "<p role=\"status\">" + words.of("sign-in.signed-out") + "</p>";
    }
    return FORM.formatted(
        message,
        token.getParameterName(),
        token.getToken(),
        words.of("sign-in.user"),
        words.of("sign-in.password"),
        words.of("sign-in.act"),
        PageFrame.escape(name),
        name.isEmpty() ? FOCUS : "",
        name.isEmpty() ? "" : FOCUS);
  }
}
