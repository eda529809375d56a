package org.balsam.process.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.messaging.Messenger;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.GiveUpProject;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.ProjectView;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.project.RequestProject;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.stubbing.Answer;
import org.mockito.stubbing.Stubber;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Onboards projects with the real embedded adapters, and lets each step fail in turn. */
@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
class OnboardingTest {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Actor REQUESTER = Actor.user("rita", Set.of());
  private static final Actor ADMINISTRATOR =
      Actor.user("anna", Set.of(Actor.PLATFORM_ADMINISTRATORS));

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

  private final ProjectId project = new ProjectId("made" + COUNT.incrementAndGet());

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

  @Test
  void makesEverythingThatAProjectNeeds() {
    onboard();

    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(view().decidedBy()).isEqualTo("anna");
    assertThat(directory.members(project))
        .containsExactly(new Directory.Membership("olga", Set.of(Role.OWNER)));
    var first = forge.resolve(project, "mth/v1.0.0").orElseThrow();
    assertThat(forge.list(project, first)).contains("balsam.yaml").doesNotContain("WELCOME.md");
    var main = forge.resolve(project, "main").orElseThrow();
    assertThat(new String(forge.read(project, main, "WELCOME.md").orElseThrow()))
        .contains("Employment by industry", buckets.of(project, "raw").value());
    assertThat(store.list(buckets.of(project, "prov"), "")).isEmpty();
    assertThat(projects.page(null, 200, olga()).items())
        .extracting(ProjectView::id)
        .contains(project);
    assertThat(projects.page(null, 200, Actor.user("zoe", Set.of())).items()).isEmpty();
  }

  @Test
  void refusesTheRequesterAsApprover() {
    people.ensureAdministrator("rita");
    request();
    assertThatThrownBy(() -> approve(Actor.user("rita", ADMINISTRATOR.groups())))
        .hasStackTraceContaining("rita");
    assertThat(view().state()).isEqualTo(ProjectState.REQUESTED);
    approve(ADMINISTRATOR);
    assertThat(view().state()).isEqualTo(ProjectState.PROVISIONING);
  }

  @Test
  void refusesAnIdThatIsTakenAndProposesAnother() {
    onboard();
    assertThatThrownBy(this::request)
        .isInstanceOfSatisfying(
            Rejection.class, taken -> assertThat(taken.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining(project + "-b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform", "balsam"})
  void refusesAnIdWhoseGroupsMeanSomethingElse(String id) {
    assertThatThrownBy(() -> request(new ProjectId(id))).isInstanceOf(Invalid.class);
  }

  @Test
  void doesNotTouchWhatSomebodyElseMade() {
    var author = new Forge.Author("Somebody", "somebody@nsi.example");
    var commit = forge.ensureRepository(project, Map.of("theirs.txt", new byte[] {1}), author);
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).contains("repository", "not made by this project");
    assertThat(forge.resolve(project, "main")).contains(commit);
    assertThat(directory.members(project)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void leavesNothingBehindWhenAStepIsRefused(String step, Fault fault) {
    fault.put(this, new Rejection(ErrorCode.ALREADY_EXISTS, "no " + step));
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).isEqualTo("no " + step);
    assertNothingIsLeft();
    assertThatItCanBeMadeNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void leavesNothingBehindWhenAFailingStepIsGivenUp(String step, Fault fault) {
    fault.put(this, new ExternalFailure("test", true, "no " + step, null));
    onboard();
    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    assertThat(view().state()).isEqualTo(ProjectState.PROVISIONING);

    giveUpProject.handle(new GiveUpProject.Command(project, "too long", REQUESTER));
    runJobs();
    assertThat(view().state()).isEqualTo(ProjectState.FAILED);
    assertThat(view().reason()).isEqualTo("too long");
    assertNothingIsLeft();
    assertThatItCanBeMadeNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void goesOnWhenAFailedStepIsRetried(String step, Fault fault) {
    fault.put(this, new ExternalFailure("test", true, "no " + step, null));
    onboard();
    stopFailing();
    management.createJobQuery().noRetriesLeft().list().forEach(this::retry);
    runJobs();
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(directory.members(project)).hasSize(1);
  }

  /** Makes a step fail after it has had its effect, or part of it. */
  interface Fault {
    void put(OnboardingTest test, Throwable failure);
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        step("groups", (t, f) -> t.after(f).when(t.directory).setRoles(any(), any(), any())),
        step("groups at all", (t, f) -> t.after(f).when(t.directory).ensureGroups(any(), any())),
        step(
            "repository", (t, f) -> t.after(f).when(t.forge).ensureRepository(any(), any(), any())),
        step(
            "tag", (t, f) -> doThrow(f).when(t.forge).ensureTag(any(), any(), any(), any(), any())),
        step(
            "bucket",
            (t, f) ->
                t.after(f)
                    .when(t.store)
                    .ensureBucket(
                        org.mockito.ArgumentMatchers.eq(t.buckets.of(t.project, "out")), any())),
        step("namespace", (t, f) -> t.after(f).when(t.workspaces).ensureSpace(any())),
        step("channel", (t, f) -> t.after(f).when(t.messenger).ensureChannel(any())),
        step("page", (t, f) -> t.after(f).when(t.forge).commit(any(), any(), any())),
        step("notice", (t, f) -> doThrow(f).when(t.messenger).send(any())));
  }

  private static Arguments step(String name, Fault fault) {
    return Arguments.of(name, fault);
  }

  private Stubber after(Throwable failure) {
    Answer<Object> effectThenFailure =
        call -> {
          call.callRealMethod();
          throw failure;
        };
    return doAnswer(effectThenFailure);
  }

  private void stopFailing() {
    reset(directory, forge, store, workspaces, messenger);
  }

  private void assertNothingIsLeft() {
    stopFailing();
    assertThat(directory.members(project)).isEmpty();
    assertThatThrownBy(() -> directory.setRoles(project, "olga", Set.of(Role.OWNER)))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> forge.refs(project)).isInstanceOf(NotFound.class);
    for (var kind : Set.of("raw", "work", "out", "rel", "prov")) {
      assertThatThrownBy(() -> store.list(buckets.of(project, kind), "").close())
          .isInstanceOf(NotFound.class);
    }
    for (var table : Set.of("project_identifier", "project_provision")) {
      assertThat(
              jdbc.sql("select count(*) from balsam." + table + " where project = ?")
                  .param(project.value())
                  .query(Long.class)
                  .single())
          .isZero();
    }
    assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    assertThat(runtime.createIncidentQuery().count()).isZero();
  }

  private void assertThatItCanBeMadeNow() {
    onboard();
    assertThat(view().state()).isEqualTo(ProjectState.ACTIVE);
    assertThat(view().reason()).isNull();
  }

  private void onboard() {
    request();
    approve(ADMINISTRATOR);
    runJobs();
  }

  private void request() {
    request(project);
  }

  private void request(ProjectId id) {
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

  private void approve(Actor person) {
    var task = tasks.createTaskQuery().processInstanceBusinessKey(project.value()).singleResult();
    CallContext.of(person)
        .run(
            () ->
                engine.as(
                    person,
                    () -> {
                      tasks.complete(task.getId(), Map.of("approvalDecision", "approve"));
                    }));
  }

  /** Runs every job that is to be run now, each until it is done or an incident. */
  private void runJobs() {
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

  private void retry(Job job) {
    management.setJobRetries(job.getId(), 1);
  }

  private ProjectView view() {
    return projects.get(project, ADMINISTRATOR);
  }

  private static Actor olga() {
    return Actor.user("olga", Set.of());
  }
}
