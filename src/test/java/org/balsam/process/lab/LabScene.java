package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.Balsam;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.process.engine.EngineAccess;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.testing.EngineClock;
import org.balsam.testing.EngineDriver;
import org.balsam.testing.TestDatabase;
import org.balsam.usecase.lab.ExplorationView;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.lab.RequestExploration;
import org.balsam.usecase.project.RequestProject;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A whole Balsam with the real adapters, a moved clock and no job executor, that can be stopped and
 * started again. In every project rita researches, olga owns, stella is its data steward, meg its
 * methodologist. The folder {@code bin} of its home is the only one in which Jupyter is looked for.
 */
final class LabScene implements AutoCloseable {

  static final String TODAY = "2026-11-02T08:00:00Z";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path home;
  private final DatabaseAccess database = TestDatabase.create();
  private final FirstAttempts attempts = new FirstAttempts();
  private ConfigurableApplicationContext context;
  private EngineDriver driver;

  LabScene(Path home) {
    this.home = home;
    EngineClock.stopAt(TODAY);
    start();
    for (var person : List.of("rita", "olga", "stella", "meg", "paul", "mallory", "anna")) {
      bean(EmbeddedPeople.class).ensurePerson(person, person, "", "secret of " + person);
    }
    bean(EmbeddedPeople.class).ensureAdministrator("anna");
  }

  /** Stops this server and starts another one on the same database and home. */
  void restart() {
    context.close();
    start();
  }

  private void start() {
    context =
        new SpringApplicationBuilder(Balsam.class)
            .initializers(
                started -> moveClock((GenericApplicationContext) started),
                started ->
                    started.addBeanFactoryPostProcessor(
                        factory -> factory.addBeanPostProcessor(attempts)))
            .run(
                "--balsam.home=" + home,
                "--balsam.demo.enabled=false",
                "--balsam.database.type=external",
                "--balsam.database.external.url=" + database.url(),
                "--balsam.database.external.username=" + database.user(),
                "--balsam.database.external.password=" + database.password(),
                "--balsam.database.external.owner-username=" + database.owner(),
                "--balsam.database.external.owner-password=" + database.ownerPassword(),
                "--server.port=0",
                "--balsam.compute.local.path=" + home.resolve("bin"),
                "--camunda.bpm.process-engine-name=lab-" + COUNT.incrementAndGet(),
                "--camunda.bpm.job-execution.enabled=false");
    driver = new EngineDriver(bean(ProcessEngine.class));
  }

  private static void moveClock(GenericApplicationContext started) {
    started.registerBean(
        "engineClock", Clock.class, EngineClock::new, definition -> definition.setPrimary(true));
  }

  @Override
  public void close() {
    driver.cleanUp();
    context.close();
    ClockUtil.reset();
  }

  /** From now on the first attempt of each service task ends right before its commit. */
  void killFirstAttempts() {
    attempts.areKilled = true;
  }

  /** The service tasks whose first attempt was killed. */
  Set<String> killed() {
    return attempts.killed();
  }

  /** Runs what can run now. */
  void run() {
    if (attempts.areKilled) {
      driver.runJobsUntilIncident();
    } else {
      driver.runJobs();
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  EngineDriver driver() {
    return driver;
  }

  /** An active project with its people. */
  ProjectId project(Classification classification) {
    var number = COUNT.incrementAndGet();
    var project = new ProjectId("lab" + (char) ('a' + number / 26) + (char) ('a' + number % 26));
    var requester = Actor.user("paul", Set.of());
    CallContext.of(requester)
        .run(
            () ->
                bean(RequestProject.class)
                    .handle(
                        new RequestProject.Command(
                            project,
                            "A project",
                            "To explore",
                            "statistical-production",
                            Map.of("title", "A project"),
                            "olga",
                            classification,
                            requester)));
    complete("anna", Map.of("approvalDecision", "approve"));
    var directory = bean(Directory.class);
    directory.setRoles(project, "rita", Set.of(Role.SUBJECT, Role.OWNER, Role.STEWARD));
    directory.setRoles(project, "stella", Set.of(Role.STEWARD));
    directory.setRoles(project, "meg", Set.of(Role.METHODOLOGY));
    return project;
  }

  /** One that rita asks for, as far as it goes by itself. */
  ExplorationId request(
      ProjectId project, HardwareProfile hardware, NetworkClass network, DatasetVersionId... data) {
    var id = ask(project, hardware, network, data);
    run();
    return id;
  }

  /** One that rita asks for; nothing is run. */
  ExplorationId ask(
      ProjectId project, HardwareProfile hardware, NetworkClass network, DatasetVersionId... data) {
    var rita = person("rita");
    return CallContext.of(rita)
        .call(
            () ->
                bean(RequestExploration.class)
                    .handle(
                        new RequestExploration.Command(
                            project,
                            "Price outliers",
                            "Find out which outliers matter",
                            List.of(data),
                            hardware,
                            network,
                            LocalDate.parse("2026-12-01"),
                            rita))
                    .exploration());
  }

  /** An exploration that nobody had to approve. */
  ExplorationId opened(ProjectId project) {
    return request(project, HardwareProfile.SMALL, NetworkClass.OFFLINE);
  }

  /** Completes the one open task as a person, and runs what follows. */
  void complete(String person, Map<String, Object> variables) {
    answer(person, driver.task().getId(), variables);
    run();
  }

  /** Completes a task as a person; nothing is run. */
  void answer(String person, String task, Map<String, Object> variables) {
    var actor = person(person);
    CallContext.of(actor)
        .run(
            () ->
                bean(EngineAccess.class)
                    .as(
                        actor,
                        () -> {
                          bean(TaskService.class).complete(task, variables);
                        }));
  }

  Actor person(String id) {
    return Actor.user(id, bean(Directory.class).groupsOf(id));
  }

  ExplorationView view(ExplorationId id) {
    return bean(Explorations.class).get(id, person("rita"));
  }

  WorkspaceRuntime workspaces() {
    return bean(WorkspaceRuntime.class);
  }

  Path folder(ExplorationId id) {
    return home.resolve("workspaces")
        .resolve(id.project().value())
        .resolve(view(id).workspace())
        .toAbsolutePath()
        .normalize();
  }

  /** Where Balsam keeps what it knows of the workspace's service. */
  Path service(ExplorationId id) {
    return home.resolve("workspaces/.services")
        .resolve(id.project().value())
        .resolve(view(id).workspace());
  }

  /** How many instances of its process run. */
  long instances(ExplorationId id) {
    return bean(RuntimeService.class)
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(id.value())
        .count();
  }

  /** No process, no folder, no credentials. */
  void assertNothingIsLeft(ExplorationId id) {
    assertThat(workspaces().find(id.project(), view(id).workspace())).isEmpty();
    assertThat(folder(id)).doesNotExist();
    assertThat(service(id)).doesNotExist();
    assertThat(instances(id)).isZero();
  }

  /** What the refused transfer lacks, as the form shows it. */
  String missing() {
    return (String)
        bean(RuntimeService.class).getVariable(driver.task().getExecutionId(), "missing");
  }

  /** Commits files to the lab branch, as a push of its researcher does. */
  void push(ExplorationId id, Map<String, String> files) {
    var bytes = new java.util.HashMap<String, byte[]>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes()));
    bean(Forge.class)
        .commit(
            id.project(),
            view(id).branch(),
            new Forge.Change(bytes, "work", new Forge.Author("rita", "r@example.org"), false));
  }
}
