package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * A whole Balsam over HTTP: real database, engine, storage, repositories. The project {@code
 * emp-secret} has one person per role, named after it; {@code outsider} owns {@code emp-other}.
 */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "balsam.demo.enabled=false")
@Import(ApiTestBase.QuickPasswords.class)
abstract class ApiTestBase {

  static final String P = "emp-secret";
  static final String PATH = "/api/v1/projects/" + P;
  static final String OTHER = "emp-other";
  static final String ADMIN = "root.admin";
  static final String OUTSIDER = "outsider";

  @LocalServerPort int port;
  @Autowired EmbeddedPeople people;
  @Autowired Directory directory;

  ApiFixture api;

  /** Real hashes, but cheap ones: thousands of requests bring a password each. */
  @TestConfiguration
  static class QuickPasswords {
    @Bean
    @Primary
    PasswordEncoder quickPasswordEncoder() {
      return new BCryptPasswordEncoder(4);
    }
  }

  @BeforeEach
  void prepare() {
    api = fixture();
    if (directory.person(OUTSIDER).isPresent()) {
      return;
    }
    person(ADMIN);
    person("second.admin");
    administrator(ADMIN);
    administrator("second.admin");
    Arrays.stream(Role.values()).map(Role::value).forEach(this::person);
    person(OUTSIDER);
    onboard(P, "owner");
    onboard(OTHER, OUTSIDER);
    for (var role : Role.values()) {
      directory.setRoles(new ProjectId(P), role.value(), Set.of(role));
    }
  }

  /** Asks for a project as its owner, and has it approved. */
  void onboard(String project, String owner) {
    onboard(project, owner, newProject(project));
  }

  /** The same with a request of one's own. */
  void onboard(String project, String owner, String request) {
    var asked = api.post(owner, "/api/v1/projects", request);
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    approve(project, owner);
  }

  /** Has a project that was asked for approved, and waits until it is active. */
  void approve(String project, String owner) {
    await(() -> taskOf(ADMIN, project) != null);
    var task = taskOf(ADMIN, project);
    var approved =
        api.post(
            ADMIN,
            "/api/v1/tasks/" + task + "/complete",
            "{\"variables\":{\"approvalDecision\":\"approve\"}}");
    assertThat(approved.status()).as(approved.text()).isEqualTo(204);
    await(
        () ->
            api.get(owner, "/api/v1/projects/" + project)
                .json()
                .path("state")
                .asText()
                .equals("active"));
  }

  static String newProject(String id) {
    return """
        {"id":"%s","name":"Employment of %s","purpose":"Quarterly figures",
         "template":"statistical-production","classification":"confidential"}"""
        .formatted(id, id);
  }

  /** The first open task of a person about a subject; null when there is none. */
  String taskOf(String person, String subject) {
    var tasks = api.get(person, "/api/v1/tasks?subject=" + subject).json().path("items");
    return tasks.isEmpty() ? null : tasks.get(0).path("id").asText();
  }

  Reply startRound(String person, String period) {
    return api.post(person, PATH + "/rounds", "{\"period\":\"" + period + "\"}");
  }

  /** How the people of this installation are heard. */
  ApiFixture fixture() {
    return new ApiFixture(port);
  }

  void administrator(String id) {
    people.ensureAdministrator(id);
  }

  void person(String id) {
    people.ensurePerson(id, "The " + id, id + "@example.org", ApiFixture.password(id));
  }

  static void await(BooleanSupplier condition) {
    var until = Instant.now().plus(Duration.ofMinutes(3));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited for three minutes").isBefore(until);
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
