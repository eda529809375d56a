package org.balsam.platform.identity.web;

import jakarta.servlet.DispatcherType;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.CallContext;
import org.balsam.platform.identity.Directory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call which route. */
@Configuration
class SecurityConfiguration {

  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";
  private static final String POLICY_OF_API_PAGES = POLICY + "; style-src 'self' 'unsafe-inline'";

  private static final AuthorizationManager<RequestAuthorizationContext> ADMINISTRATOR =
      (authentication, request) ->
          new AuthorizationDecision(CallContext.current().actor().isPlatformAdministrator());

  private final ActorFilter actor;
  private final SignIn signIn;

  SecurityConfiguration(Directory directory, AuditTrail audit, SignIn signIn) {
    this.actor = new ActorFilter(directory, audit);
    this.signIn = signIn;
  }

  @Bean
  AuthenticationManager authenticationManager(AuthenticationProvider passwords) {
    return new ProviderManager(passwords);
  }

  /** For servers that tell of events, each by a token that its controller checks. */
  @Bean
  @Order(0)
  SecurityFilterChain hooks(HttpSecurity http) throws Exception {
    return http.securityMatcher(Routes.all("/api/v1/hooks/**"))
        .securityContext(context -> context.securityContextRepository(noSession()))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(POLICY)))
        .addFilterAfter(actor, AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(routes -> routes.anyRequest().permitAll())
        .build();
  }

  /** For programs only: they prove who they are with each request, no cookie is read or set. */
  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http) throws Exception {
    signIn.programs(http);
    return http.securityMatcher(Routes.all("/engine-rest/**", "/actuator/**", "/git/**"))
        .securityContext(context -> context.securityContextRepository(noSession()))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(POLICY)))
        .addFilterBefore(new CrossSiteFilter(), CsrfFilter.class)
        .addFilterAfter(actor, AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            routes ->
                routes
                    .requestMatchers(Routes.all("/actuator/health", "/actuator/health/**"))
                    .permitAll()
                    .requestMatchers(Routes.all("/actuator/**"))
                    .access(ADMINISTRATOR)
                    .anyRequest()
                    .authenticated())
        .build();
  }

  /** For programs, and for links in the browser: an open session is honoured, never begun here. */
  @Bean
  @Order(2)
  SecurityFilterChain api(HttpSecurity http) throws Exception {
    var sessions = new HttpSessionSecurityContextRepository();
    sessions.setAllowSessionCreation(false);
    signIn.api(http);
    return http.securityMatcher(
            Routes.all(
                "/api/**", "/v3/api-docs/**", "/v3/api-docs*", "/swagger-ui/**", "/swagger-ui*"))
        .securityContext(context -> context.securityContextRepository(sessions))
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(unsafeBySession()))
        .headers(
            headers ->
                headers
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                    .contentSecurityPolicy(csp -> csp.policyDirectives(POLICY_OF_API_PAGES)))
        .addFilterBefore(new CrossSiteFilter(), CsrfFilter.class)
        .addFilterAfter(actor, AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            routes ->
                routes
                    // the end of an answer whose beginning was allowed
                    .dispatcherTypeMatchers(DispatcherType.ASYNC)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }

  /** For people in a browser. */
  @Bean
  @Order(3)
  SecurityFilterChain browser(HttpSecurity http) throws Exception {
    var engine = Routes.all("/camunda/**");
    http.exceptionHandling(
        handling ->
            handling.defaultAuthenticationEntryPointFor(
                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), Routes.all("/camunda/api/**")));
    signIn.browser(http);
    return http.csrf(csrf -> csrf.ignoringRequestMatchers(engine))
        .addFilterBefore(new CrossSiteFilter(), CsrfFilter.class)
        .addFilterAfter(actor, AnonymousAuthenticationFilter.class)
        .headers(
            headers ->
                headers
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                    .addHeaderWriter(
                        new DelegatingRequestMatcherHeaderWriter(
                            new NegatedRequestMatcher(engine),
                            new ContentSecurityPolicyHeaderWriter(POLICY))))
        .authorizeHttpRequests(
            routes ->
                routes
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(
                        Routes.all("/camunda/api/admin/setup/**", "/camunda/app/admin/*/setup/**"))
                    .denyAll()
                    .requestMatchers(Routes.all("/login", "/login.css", "/favicon.ico", "/error"))
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }

  /**
   * What only a browser's session vouches for. Without session and credentials nobody is signed in,
   * and the answer is 401, not a question about a token.
   */
  private RequestMatcher unsafeBySession() {
    return request ->
        !signIn.isSelfContained(request)
            && SecurityContextHolder.getContext().getAuthentication() != null
            && CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request);
  }

  private static NullSecurityContextRepository noSession() {
    return new NullSecurityContextRepository();
  }
}
