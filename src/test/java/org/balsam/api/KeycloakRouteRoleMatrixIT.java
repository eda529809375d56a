package org.balsam.api;

import org.springframework.test.context.ContextConfiguration;

/** The same matrix with people of a real Keycloak, who send its tokens. */
@ContextConfiguration(initializers = KeycloakPeople.class)
class KeycloakRouteRoleMatrixIT extends RouteRoleMatrixTest {

  @Override
  ApiFixture fixture() {
    return new ApiFixture(port, KeycloakPeople::authorization);
  }

  @Override
  void person(String id) {
    KeycloakPeople.ensure(id);
  }

  @Override
  void administrator(String id) {
    KeycloakPeople.ensureAdministrator(id);
  }

  @Override
  boolean pagesTakeCredentials() {
    return false;
  }
}
