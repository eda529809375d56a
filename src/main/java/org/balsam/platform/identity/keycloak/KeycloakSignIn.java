package org.balsam.platform.identity.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.identity.web.Routes;
import org.balsam.platform.identity.web.SignIn;
import org.balsam.platform.page.PageWords;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * People sign in at Keycloak by code and PKCE; programs send one of its access tokens with each
 * request. Both say only who it is: what somebody may do is asked of the directory at each request.
 */
final class KeycloakSignIn implements SignIn {

  private static final String START = "/oauth2/authorization/" + RealmConnection.REGISTRATION;
  private static final String PERSON = "balsam_person";

  private final RealmConnection connection;
  private final KeycloakDirectory directory;
  private final AuditTrail audit;
  private final HttpSessionOAuth2AuthorizedClientRepository clients =
      new HttpSessionOAuth2AuthorizedClientRepository();
  private final JwtDecoder accessTokens;
  private final JwtDecoder idTokens;

  KeycloakSignIn(
      RealmConnection connection,
      JwtDecoder accessTokens,
      KeycloakDirectory directory,
      AuditTrail audit) {
    this.connection = connection;
    this.directory = directory;
    this.audit = audit;
    this.accessTokens = accessTokens;
    this.idTokens = TokenCheck.idTokens(connection, connection.forPeople());
  }

  @Override
  public void programs(HttpSecurity http) throws Exception {
    bearer(http, KeycloakSignIn::askForToken);
  }

  @Override
  public void api(HttpSecurity http) throws Exception {
    var entry = new DelegatingAuthenticationEntryPoint(entryPoints());
    entry.setDefaultEntryPoint(KeycloakSignIn::askForToken);
    bearer(http, entry);
    http.requestCache(cache -> cache.requestCache(Routes.rememberingPages()));
  }

  @Override
  public void browser(HttpSecurity http) throws Exception {
    var tokens = new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(connection.tokens());
    http.requestCache(cache -> cache.requestCache(Routes.rememberingPages()))
        .oauth2Login(
            login ->
                login
                    .loginPage("/login")
                    .defaultSuccessUrl(Routes.HOME)
                    .failureHandler(new SignInFailures())
                    .clientRegistrationRepository(id -> client(id))
                    .authorizedClientRepository(clients)
                    .tokenEndpoint(token -> token.accessTokenResponseClient(tokens))
                    .userInfoEndpoint(user -> user.oidcUserService(this::person))
                    .withObjectPostProcessor(checkingIdTokens()))
        .logout(
            logout ->
                logout
                    .logoutRequestMatcher(Routes.LOGOUT)
                    .addLogoutHandler(new KeycloakLogout(connection, clients))
                    .logoutSuccessUrl("/login?logout")
                    .defaultLogoutSuccessHandlerFor(
                        new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT),
                        Routes.LOGOUT_IN_TASKLIST))
        .exceptionHandling(
            handling ->
                handling
                    .defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint(START), Routes.PAGES)
                    .defaultAuthenticationEntryPointFor(
                        new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), Routes.all("/**")));
  }

  @Override
  public boolean isSelfContained(HttpServletRequest request) {
    return Routes.hasCredentials(request, "Bearer");
  }

  @Override
  public String page(CsrfToken token, Map<String, String> parameters, PageWords words) {
    var message =
        switch (parameters.getOrDefault("error", "")) {
          case SignInFailures.REFUSED -> "sign-in.refused";
          case SignInFailures.UNAVAILABLE -> "sign-in.away";
          case "" -> parameters.containsKey("logout") ? "sign-in.signed-out" : "sign-in.please";
          default -> "sign-in.failed";
        };
    return "<p role=\"status\">%s</p>\n<p><a href=\"%s\">%s</a></p>"
        .formatted(words.of(message), START.substring(1), words.of("sign-in.act"));
  }

  private void bearer(HttpSecurity http, AuthenticationEntryPoint entry) throws Exception {
    http.oauth2ResourceServer(
            server ->
                server
                    .authenticationEntryPoint(KeycloakSignIn::askForToken)
                    .jwt(
                        jwt -> jwt.decoder(accessTokens).jwtAuthenticationConverter(this::program)))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(entry)
                    .accessDeniedHandler(new AccessDeniedHandlerImpl()));
  }

  private JwtAuthenticationToken program(Jwt token) {
    try {
      return new JwtAuthenticationToken(token, List.of(), directory.signedIn(token.getSubject()));
    } catch (AccountRefused refused) {
      record(token.getSubject(), refused);
      throw new InvalidBearerTokenException(refused.getMessage(), refused);
    }
  }

  private OidcUser person(OidcUserRequest request) {
    var token = request.getIdToken();
    try {
      var person = directory.signedIn(token.getSubject());
      return new DefaultOidcUser(
          List.of(),
          token,
          new OidcUserInfo(Map.of("sub", token.getSubject(), PERSON, person)),
          PERSON);
    } catch (AccountRefused refused) {
      record(token.getSubject(), refused);
      throw new OAuth2AuthenticationException(new OAuth2Error(SignInFailures.REFUSED), refused);
    } catch (ExternalFailure failure) {
      throw new OAuth2AuthenticationException(new OAuth2Error(SignInFailures.UNAVAILABLE), failure);
    }
  }

  private void record(String subject, AccountRefused refused) {
    audit.recordSeparately(
        AuditEntry.refused("signin.failed", null, null, refused.getMessage())
            .with("account", subject));
  }

  private ClientRegistration client(String id) {
    return id.equals(RealmConnection.REGISTRATION) ? connection.forPeople() : null;
  }

  private ObjectPostProcessor<OidcAuthorizationCodeAuthenticationProvider> checkingIdTokens() {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends OidcAuthorizationCodeAuthenticationProvider> O postProcess(O provider) {
        provider.setJwtDecoderFactory(client -> KeycloakSignIn.this::decoded);
        return provider;
      }
    };
  }

  private Jwt decoded(String idToken) {
    try {
      return idTokens.decode(idToken);
    } catch (ExternalFailure noKeys) {
      throw new JwtException("the keys are not known", noKeys);
    }
  }

  private static void askForToken(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    new BearerTokenAuthenticationEntryPoint().commence(request, response, failure);
    response.sendError(response.getStatus());
  }

  private static LinkedHashMap<RequestMatcher, AuthenticationEntryPoint> entryPoints() {
    var points = new LinkedHashMap<RequestMatcher, AuthenticationEntryPoint>();
    points.put(Routes.PAGES, new LoginUrlAuthenticationEntryPoint(START));
    return points;
  }
}
