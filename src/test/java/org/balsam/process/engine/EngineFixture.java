package org.balsam.process.engine;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.testing.RecordedAudit;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Two projects with people named for what they are: ann (owner, subject) and sam (subject), bob and
 * bea (quality), aud (auditor) in alpha; eve (owner) in beta; adm administers; zoe is nowhere.
 */
@TestConfiguration
class EngineFixture {

  static final ProjectId ALPHA = new ProjectId("alpha");
  static final ProjectId BETA = new ProjectId("beta");
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Bean
  @Primary
  RecordedAudit recordedAudit() {
    return new RecordedAudit();
  }

  @Bean
  Cast cast(
      EmbeddedPeople people,
      Directory directory,
      EngineAccess engine,
      RuntimeService runtime,
      TaskService tasks) {
    return new Cast(people, directory, engine, runtime, tasks);
  }

  /** Plays the people. */
  static final class Cast {

    final Directory directory;
    private final EngineAccess engine;
    private final RuntimeService runtime;
    private final TaskService tasks;

    Cast(
        EmbeddedPeople people,
        Directory directory,
        EngineAccess engine,
        RuntimeService runtime,
        TaskService tasks) {
      this.directory = directory;
      this.engine = engine;
      this.runtime = runtime;
      this.tasks = tasks;
      directory.ensureGroups(ALPHA, ProjectKind.PRODUCTION);
      directory.ensureGroups(BETA, ProjectKind.PRODUCTION);
      for (var id : Set.of("ann", "sam", "bob", "bea", "aud", "eve", "adm", "zoe")) {
        people.ensurePerson(id, "Person " + id, id + "@nsi.example", password(id));
      }
      people.ensureAdministrator("adm");
      directory.setRoles(ALPHA, "ann", Set.of(Role.OWNER, Role.SUBJECT));
      directory.setRoles(ALPHA, "sam", Set.of(Role.SUBJECT));
      directory.setRoles(ALPHA, "bob", Set.of(Role.QUALITY));
      directory.setRoles(ALPHA, "bea", Set.of(Role.QUALITY));
      directory.setRoles(ALPHA, "aud", Set.of(Role.AUDITOR));
      directory.setRoles(BETA, "eve", Set.of(Role.OWNER));
    }

    static String password(String person) {
      return "secret of " + person;
    }

    Actor actor(String person) {
      return Actor.user(person, directory.groupsOf(person));
    }

    /** Starts an instance in alpha, as Balsam does on a person's behalf; gives its id. */
    String start(String process, String person) {
      return CallContext.of(actor(person))
          .call(
              () ->
                  engine.asSystem(
                      () ->
                          runtime
                              .startProcessInstanceByKey(
                                  process,
                                  "alpha-" + COUNT.incrementAndGet(),
                                  Map.of("project", "alpha", "shown", "as it is"))
                              .getId()));
    }

    /** The id of the one open task. */
    String task(String instance) {
      return engine.asSystem(
          () -> tasks.createTaskQuery().processInstanceId(instance).singleResult().getId());
    }

    /** The element of the one open task. */
    String activity(String instance) {
      return engine.asSystem(
          () ->
              tasks
                  .createTaskQuery()
                  .processInstanceId(instance)
                  .singleResult()
                  .getTaskDefinitionKey());
    }

    /** Completes the one open task as a person does through Balsam's API. */
    void complete(String instance, String person, Map<String, Object> variables) {
      var task = task(instance);
      engine.as(actor(person), () -> tasks.complete(task, variables));
    }
  }
}
