package org.balsam.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.testing.ScriptedServer;
import org.balsam.testing.TestRealm;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets the application take its people from a real Keycloak. All tests of one JVM share the server
 * and the realm {@code api}.
 */
final class KeycloakPeople
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  /** How long Balsam believes Keycloak in these tests, in seconds. */
  static final int FRESHNESS = 2;

  private static final String CLIENT = "programs";
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
  private static ScriptedServer server;
  private static TestRealm realm;

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(
            "balsam.identity.type=keycloak",
            "balsam.identity.keycloak.issuer=" + realm().issuer(),
            "balsam.identity.keycloak.client-secret=" + TestRealm.SECRET,
            "balsam.identity.keycloak.freshness=" + FRESHNESS + "s",
            "balsam.identity.keycloak.read-timeout=20s",
            "balsam.engine.retry-cycle=R20/PT2S",
            "server.forward-headers-strategy=native")
        .applyTo(context);
  }

  static ScriptedServer server() {
    realm();
    return server;
  }

  static synchronized TestRealm realm() {
    if (realm == null) {
      server = ScriptedServer.shared("keycloak");
      realm = TestRealm.create(server.address(), "api", "http://127.0.0.1:8080");
      realm.changeRealm(Map.of("accessTokenLifespan", 3600, "editUsernameAllowed", true));
      realm.addClient(CLIENT, "balsam-api");
    }
    return realm;
  }

  static void ensure(String person) {
    if (realm().account(person).isEmpty()) {
      realm.addPerson(person, "The", person, person + "@example.org", ApiFixture.password(person));
    }
  }

  static void ensureAdministrator(String person) {
    realm().join(realm.account(person), realm.group("/nsi/platform/administrator"));
  }

  /** The header of a person whom a program calls for; a token lasts for all tests. */
  static String authorization(String person) {
    return "Bearer " + TOKENS.computeIfAbsent(person, KeycloakPeople::token);
  }

  private static String token(String person) {
    var answer = realm().tokens(CLIENT, person, ApiFixture.password(person));
    if (!answer.has("access_token")) {
      throw new IllegalStateException(person + ": " + answer);
    }
    return answer.path("access_token").asText();
  }
}
