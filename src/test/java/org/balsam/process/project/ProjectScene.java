package org.balsam.process.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.reset;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.GiveUpProject;
import org.balsam.usecase.project.ProjectView;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.project.RequestProject;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.stubbing.Answer;
import org.mockito.stubbing.Stubber;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Projects with the real embedded adapters, each of which can be made to fail. */
@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
abstract class ProjectScene {

  private static final AtomicInteger COUNT = new AtomicInteger();
  static final Actor REQUESTER = Actor.user("rita", Set.of());
  static final Actor ADMINISTRATOR = Actor.user("anna", Set.of(Actor.PLATFORM_ADMINISTRATORS));

  @Autowired RequestProject requestProject;
  @Autowired GiveUpProject giveUpProject;
  @Autowired Projects projects;
  @Autowired EmbeddedPeople people;
  @Autowired BucketNames buckets;
  @Autowired EngineAccess engine;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired ManagementService management;
  @Autowired JdbcClient jdbc;
  @MockitoSpyBean Directory directory;
  @MockitoSpyBean Forge forge;
  @MockitoSpyBean ObjectStore store;
  @MockitoSpyBean WorkspaceRuntime workspaces;
  @MockitoSpyBean Messenger messenger;

  final ProjectId project = new ProjectId("made" + COUNT.incrementAndGet());

  @BeforeEach
  void knowThePeople() {
    people.ensurePerson("rita", "Rita Requester", "rita@nsi.example", "secret of rita");
    people.ensurePerson("olga", "Olga Owner", "", "secret of olga");
    people.ensurePerson("anna", "Anna Admin", "anna@nsi.example", "secret of anna");
    people.ensureAdministrator("anna");
  }

  @AfterEach
  void leaveNoInstance() {
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(left -> runtime.deleteProcessInstance(left.getId(), "end of test"));
  }

  Stubber after(Throwable failure) {
    Answer<Object> effectThenFailure =
        call -> {
          call.callRealMethod();
          throw failure;
        };
    return doAnswer(effectThenFailure);
  }

  void stopFailing() {
    reset(directory, forge, store, workspaces, messenger);
  }

  void onboard() {
    request();
    approve(ADMINISTRATOR);
    runJobs();
  }

  void request() {
    request(project);
  }

  void request(ProjectId id) {
    var command =
        new RequestProject.Command(
            id,
            "Employment by industry",
            "Figures per quarter",
            "statistical-production",
            Map.of("title", "Employment by industry"),
            "olga",
            Classification.INTERNAL,
            REQUESTER);
    CallContext.of(REQUESTER).run(() -> requestProject.handle(command));
  }

  void approve(Actor person) {
    var task = tasks.createTaskQuery().processInstanceBusinessKey(project.value()).singleResult();
    decide(person, task.getId(), Map.of("approvalDecision", "approve"));
  }

  void decide(Actor person, String task, Map<String, Object> form) {
    CallContext.of(person).run(() -> engine.as(person, () -> tasks.complete(task, form)));
  }

  /** Runs every job that is to be run now, each until it is done or an incident. */
  void runJobs() {
    for (var job = next(); job != null; job = next()) {
      var id = job.getId();
      try {
        management.executeJob(id);
      } catch (RuntimeException failed) {
        assertThat(management.createJobQuery().jobId(id).count())
            .as("failed, and waits for a retry: " + failed)
            .isEqualTo(1);
      }
    }
  }

  private Job next() {
    return management.createJobQuery().messages().withRetriesLeft().active().list().stream()
        .findFirst()
        .orElse(null);
  }

  /** Tries again, as an administrator does in Cockpit, whatever is an incident. */
  void retryIncidents() {
    management.createJobQuery().noRetriesLeft().list().forEach(this::retry);
    runJobs();
  }

  private void retry(Job job) {
    management.setJobRetries(job.getId(), 1);
  }

  ProjectView view() {
    return projects.get(project, ADMINISTRATOR);
  }

  static Actor olga() {
    return Actor.user("olga", Set.of());
  }
}
