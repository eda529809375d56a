package org.balsam.process.round;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.storage.Manifest;
import org.balsam.process.engine.EngineAccess;
import org.balsam.testing.EngineDriver;
import org.balsam.usecase.dataset.FreezeInputs;
import org.balsam.usecase.dataset.ReleaseDataset;
import org.balsam.usecase.round.CheckQuality;
import org.balsam.usecase.round.OpenRound;
import org.balsam.usecase.round.PlanRun;
import org.balsam.usecase.round.PlanStage;
import org.balsam.usecase.round.RoundProcess;
import org.balsam.usecase.round.Trigger;
import org.balsam.usecase.step.SubmitJob;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ReflectionUtils;

/**
 * A round of {@code emp-industry} with two stages of one and two steps, and its people: sam
 * (subject), pia (production), otto (owner), quinn (quality), rita (release), max (all of them).
 */
final class RoundScene {

  static final ProjectId PROJECT = new ProjectId("emp-industry");
  static final Instant RELEASE_AT = Instant.parse("2040-02-03T08:30:00Z");
  static final String COMMIT = "c".repeat(40);
  static final String EVIDENCE = Sha256.of("evidence").value();
  static final Manifest.Reference INPUTS = reference("inputs");
  static final Manifest.Reference OUTPUTS = reference("outputs");
  static final Manifest.Reference RELEASE = reference("release");
  private static final AtomicInteger COUNT = new AtomicInteger();

  final RoundId round = RoundId.parse("emp-industry-" + (1900 + COUNT.getAndIncrement()) + "-r0");
  final EngineDriver engine;
  final RoundProcess process;
  private final List<JobId> submitted = new CopyOnWriteArrayList<>();
  private final ProcessEngine camunda;
  private final EngineAccess access;
  private final Directory directory;
  private final ApplicationContext context;

  RoundScene(ApplicationContext context) {
    this.context = context;
    camunda = context.getBean(ProcessEngine.class);
    engine = new EngineDriver(camunda);
    process = context.getBean(RoundProcess.class);
    access = context.getBean(EngineAccess.class);
    directory = context.getBean(Directory.class);
    people(context.getBean(EmbeddedPeople.class));
    answers();
  }

  private void people(EmbeddedPeople people) {
    directory.ensureGroups(PROJECT, ProjectKind.PRODUCTION);
    Map.of(
            "sam", Set.of(Role.SUBJECT),
            "pia", Set.of(Role.PRODUCTION),
            "otto", Set.of(Role.OWNER),
            "quinn", Set.of(Role.QUALITY),
            "rita", Set.of(Role.RELEASE),
            "max", Set.of(Role.SUBJECT, Role.OWNER, Role.QUALITY, Role.RELEASE, Role.PRODUCTION))
        .forEach(
            (id, roles) -> {
              people.ensurePerson(id, id, id + "@nsi.example", "secret of " + id);
              directory.setRoles(PROJECT, id, roles);
            });
  }

  private void answers() {
    var runs = new AtomicInteger();
    when(of(OpenRound.class).handle(any())).thenReturn(new OpenRound.Result(COMMIT));
    when(of(FreezeInputs.class).handle(any()))
        .thenReturn(new FreezeInputs.Result(INPUTS, true, "two new files"));
    doAnswer(call -> new PlanRun.Result(runs.incrementAndGet(), 2, "c0ffee"))
        .when(of(PlanRun.class))
        .handle(any());
    doAnswer(call -> new PlanStage.Result(1 + call.<PlanStage.Command>getArgument(0).stage()))
        .when(of(PlanStage.class))
        .handle(any());
    doAnswer(call -> submitted(call.getArgument(0))).when(of(SubmitJob.class)).handle(any());
    verdict("pass", false);
    when(of(ReleaseDataset.class).handle(any())).thenReturn(new ReleaseDataset.Result(RELEASE));
  }

  private SubmitJob.Result submitted(SubmitJob.Command command) {
    var key = command.run() + "/" + command.stage() + "/" + command.step();
    var job = JobId.ofStep(RoundId.parse(command.work()), "5.7", "step" + command.step(), key);
    submitted.add(job);
    return new SubmitJob.Result(job, Instant.parse("2100-01-01T00:00:00Z"));
  }

  void verdict(String verdict, boolean warned) {
    when(of(CheckQuality.class).handle(any()))
        .thenReturn(
            new CheckQuality.Result(
                verdict, warned, "checks", EVIDENCE, OUTPUTS.toString(), "files"));
  }

  /** The mock of a use case. */
  <T> T of(Class<T> useCase) {
    return context.getBean(useCase);
  }

  /** Starts the round; it comes to rest where inputs are confirmed. */
  ProcessInstance start() {
    process.start(round, Trigger.PERSON);
    engine.runJobs();
    return instance();
  }

  ProcessInstance instance() {
    return camunda
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processDefinitionKey("statisticalRound")
        .processInstanceBusinessKey(round.value())
        .singleResult();
  }

  /** A person completes the one open task; everything that follows without waiting happens. */
  void decide(String person, String variable, String decision, Object... more) {
    complete(person, variable, decision, more);
    engine.runJobs();
  }

  /** A person completes the one open task. */
  void complete(String person, String variable, String decision, Object... more) {
    var variables = new HashMap<String, Object>(Map.of(variable, decision));
    for (var i = 0; i < more.length; i += 2) {
      variables.put((String) more[i], more[i + 1]);
    }
    var task = engine.task().getId();
    access.as(
        Actor.user(person, directory.groupsOf(person)),
        () -> camunda.getTaskService().complete(task, variables));
  }

  void confirmInputs() {
    decide("sam", "inputsDecision", "confirm");
  }

  /** All jobs that run report their end, stage by stage. */
  void finishSteps() {
    while (!submitted.isEmpty()) {
      finishOneStage();
    }
  }

  void finishOneStage() {
    report(List.copyOf(submitted));
    engine.runJobs();
  }

  void finishUntilIncident() {
    report(List.copyOf(submitted));
    engine.runJobsUntilIncident();
  }

  /** Only the step of this name reports its end. */
  void finishOneOf(String step) {
    report(submitted.stream().filter(job -> job.value().contains(step)).toList());
    engine.runJobs();
  }

  private void report(List<JobId> ended) {
    submitted.removeAll(ended);
    ended.forEach(job -> context.publishEvent(new JobFinished(job)));
  }

  /** From the start to the review of results without a warning. */
  ProcessInstance startToReview() {
    var instance = start();
    confirmInputs();
    finishSteps();
    return instance;
  }

  void approveResults() {
    decide("quinn", "reviewDecision", "approve");
  }

  void approveRelease() {
    completeRelease();
    engine.runJobs();
  }

  private void completeRelease() {
    complete(
        "rita",
        "releaseDecision",
        "approve",
        "releaseAt",
        "2040-02-03T09:30+01:00",
        "releaseLevel",
        "public");
  }

  /** From the start to the embargo. */
  ProcessInstance startToEmbargo() {
    var instance = startToReview();
    approveResults();
    approveRelease();
    return instance;
  }

  /** Lets the round run to its end, with an operator who repairs whatever becomes an incident. */
  void playToTheEnd(Runnable operator) {
    for (var turn = 0; turn < 50; turn++) {
      engine.runJobsUntilIncident();
      if (!engine.incidents().isEmpty()) {
        operator.run();
      } else if (instance() == null) {
        return;
      } else if (!submitted.isEmpty()) {
        report(List.copyOf(submitted));
      } else if (engine.hasTask()) {
        completeTask();
      } else {
        engine.fireUntilIncident("timerCatch_embargoEnded");
      }
    }
    throw new IllegalStateException("the round does not end");
  }

  private void completeTask() {
    switch (engine.task().getTaskDefinitionKey()) {
      case "userTask_confirmInputs" -> complete("sam", "inputsDecision", "confirm");
      case "userTask_reviewResults" -> complete("quinn", "reviewDecision", "approve");
      case "userTask_approveRelease" -> completeRelease();
      case "userTask_evaluateRound" -> complete("otto", "evaluationDecision", "closed");
      default -> throw new IllegalStateException("not expected: " + engine.task());
    }
  }

  /** Lets the use case of a service task fail until it is repaired. */
  Breakage breakDown(String task) {
    return new Breakage(task);
  }

  /** Outside trouble in one use case. */
  final class Breakage {

    private final Object useCase;
    private final AtomicInteger attempts = new AtomicInteger();

    private Breakage(String task) {
      useCase = context.getBean(task);
      var broken =
          doAnswer(
                  call -> {
                    attempts.incrementAndGet();
                    throw new ExternalFailure("outside", true, "is not reachable", null);
                  })
              .when(useCase);
      var handle =
          Arrays.stream(useCase.getClass().getMethods())
              .filter(method -> method.getName().equals("handle"))
              .findFirst()
              .orElseThrow();
      any();
      ReflectionUtils.invokeMethod(handle, broken, (Object) null);
    }

    int attempts() {
      return attempts.get();
    }

    void repair() {
      reset(useCase);
      answers();
    }
  }

  private static Manifest.Reference reference(String name) {
    return new Manifest.Reference(
        new BucketName("nsi-prd-emp-industry-prov"), name + ".csv", "1", Sha256.of(name));
  }
}
