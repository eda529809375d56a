package org.balsam.process.engine;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.balsam.kernel.CallContext;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.engine.rest.security.auth.impl.ContainerBasedAuthenticationProvider;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;

/**
 * Hands the signed-in person to the engine's web applications. The session keeps no rights of its
 * own: with {@code camunda.bpm.webapp.auth.cache.time-to-live} at 0 groups and projects are read
 * anew on each request.
 */
final class WebappSignOn extends ContainerBasedAuthenticationFilter {

  private static final Pattern WHO_IS_IT = Pattern.compile("/api/admin/auth/user/([^/]+)");

  private final PersonalFilters filters;

  WebappSignOn(PersonalFilters filters) {
    this.filters = filters;
  }

  @Override
  public void init(FilterConfig config) {
    authenticationProvider = new SignedInPerson();
  }

  @Override
  protected @Nullable String extractEngineName(HttpServletRequest request) {
    var whoIsIt = WHO_IS_IT.matcher(getRequestUri(request));
    return request.getMethod().equals("GET") && whoIsIt.matches()
        ? whoIsIt.group(1)
        : super.extractEngineName(request);
  }

  @Override
  protected UserAuthentication createAuthentication(
      ProcessEngine engine, String person, List<String> groups, List<String> tenants) {
    filters.ensure(person);
    return super.createAuthentication(engine, person, groups, tenants);
  }

  private static final class SignedInPerson extends ContainerBasedAuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(
        HttpServletRequest request, ProcessEngine engine) {
      if (request.getUserPrincipal() == null) {
        return AuthenticationResult.unsuccessful();
      }
      var actor = CallContext.current().actor();
      var result = AuthenticationResult.successful(actor.id());
      result.setGroups(EngineGroups.inEngine(actor.groups()));
      result.setTenants(EngineGroups.tenants(actor.groups()));
      return result;
    }
  }
}
