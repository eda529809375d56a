package org.balsam.process.model;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.storage.Manifest;
import org.balsam.process.engine.EngineAccess;
import org.balsam.testing.EngineDriver;
import org.balsam.usecase.dataset.FreezeSets;
import org.balsam.usecase.dataset.FreezeTrainingData;
import org.balsam.usecase.model.CheckPromotion;
import org.balsam.usecase.model.CheckResources;
import org.balsam.usecase.model.CollectTraining;
import org.balsam.usecase.model.CompareReproduction;
import org.balsam.usecase.model.OpenTraining;
import org.balsam.usecase.model.PlanEvaluation;
import org.balsam.usecase.model.PlanReproduction;
import org.balsam.usecase.model.PlanSmokeTest;
import org.balsam.usecase.model.PlanTraining;
import org.balsam.usecase.model.PlanTrainingStage;
import org.balsam.usecase.model.RegisterCandidate;
import org.balsam.usecase.model.RetrainModel;
import org.balsam.usecase.model.TrainingProcess;
import org.balsam.usecase.model.TrainingTrigger;
import org.balsam.usecase.model.TrainingView;
import org.balsam.usecase.model.Trainings;
import org.balsam.usecase.project.ProjectView;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.step.SubmitJob;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.ApplicationContext;

/**
 * A training of {@code ml-strikes} with two stages of one step, and its people: pia (production),
 * mia (methodology), otto (owner), stella (steward), quinn and quentin (quality), max (all).
 */
final class TrainingScene {

  static final ProjectId PROJECT = new ProjectId("ml-strikes");
  static final String COMMIT = "c".repeat(40);
  static final String EVIDENCE = Sha256.of("evidence").value();
  static final Manifest.Reference INPUTS = reference("inputs");
  static final Manifest.Reference OUTPUTS = reference("outputs");
  static final Manifest.Reference SETS = reference("sets");
  private static final AtomicInteger COUNT = new AtomicInteger();

  final TrainingId training = next();
  final EngineDriver engine;
  final TrainingProcess process;
  private final List<JobId> submitted = new CopyOnWriteArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final ProcessEngine camunda;
  private final EngineAccess access;
  private final Directory directory;
  private final ApplicationContext context;

  TrainingScene(ApplicationContext context) {
    this.context = context;
    camunda = context.getBean(ProcessEngine.class);
    engine = new EngineDriver(camunda);
    process = context.getBean(TrainingProcess.class);
    access = context.getBean(EngineAccess.class);
    directory = context.getBean(Directory.class);
    people(context.getBean(EmbeddedPeople.class));
    answers();
  }

  static TrainingId next() {
    return new TrainingId(PROJECT, "t%05d".formatted(COUNT.getAndIncrement()));
  }

  private void people(EmbeddedPeople people) {
    directory.ensureGroups(PROJECT, ProjectKind.PRODUCTION);
    Map.of(
            "pia", Set.of(Role.PRODUCTION),
            "mia", Set.of(Role.METHODOLOGY),
            "otto", Set.of(Role.OWNER),
            "stella", Set.of(Role.STEWARD),
            "quinn", Set.of(Role.QUALITY),
            "quentin", Set.of(Role.QUALITY),
            "max", Set.of(Role.PRODUCTION, Role.OWNER, Role.QUALITY, Role.STEWARD))
        .forEach(
            (id, roles) -> {
              people.ensurePerson(id, id, id + "@nsi.example", "secret of " + id);
              directory.setRoles(PROJECT, id, roles);
            });
  }

  private void answers() {
    when(of(OpenTraining.class).handle(any())).thenReturn(new OpenTraining.Result(COMMIT, null));
    var view = mock(TrainingView.class);
    when(view.model()).thenReturn(new ModelName("damage"));
    when(view.period()).thenReturn(new Period("1998"));
    when(of(Trainings.class).get(any())).thenReturn(view);
    var project = mock(ProjectView.class);
    when(project.classification()).thenReturn(Classification.INTERNAL);
    when(of(Projects.class).get(any(), any())).thenReturn(project);
    when(of(FreezeTrainingData.class).handle(any()))
        .thenReturn(new FreezeTrainingData.Result(INPUTS));
    resources("none");
    doAnswer(call -> new PlanTraining.Result(runs.incrementAndGet(), 2))
        .when(of(PlanTraining.class))
        .handle(any());
    doAnswer(call -> new PlanEvaluation.Result(runs.incrementAndGet(), 1))
        .when(of(PlanEvaluation.class))
        .handle(any());
    doAnswer(call -> new PlanReproduction.Result(runs.incrementAndGet(), 1))
        .when(of(PlanReproduction.class))
        .handle(any());
    doAnswer(call -> new PlanSmokeTest.Result(runs.incrementAndGet(), 1))
        .when(of(PlanSmokeTest.class))
        .handle(any());
    when(of(PlanTrainingStage.class).handle(any())).thenReturn(new PlanTrainingStage.Result(1));
    when(of(CollectTraining.class).handle(any()))
        .thenReturn(new CollectTraining.Result(OUTPUTS.toString(), "a".repeat(64), false));
    when(of(FreezeSets.class).handle(any())).thenReturn(new FreezeSets.Result(SETS));
    when(of(RegisterCandidate.class).handle(any()))
        .thenReturn(new RegisterCandidate.Result("damage@1.0.0", true));
    when(of(CompareReproduction.class).handle(any()))
        .thenReturn(new CompareReproduction.Result(true));
    verdict("pass");
    when(of(RetrainModel.class).handle(any())).thenReturn(new RetrainModel.Result(next()));
    doAnswer(call -> submitted(call.getArgument(0))).when(of(SubmitJob.class)).handle(any());
  }

  private SubmitJob.Result submitted(SubmitJob.Command command) {
    var key = command.work() + command.run() + "/" + command.stage() + "/" + command.step();
    var job = new JobId(PROJECT + "-train-" + Sha256.of(key).value().substring(0, 6));
    submitted.add(job);
    return new SubmitJob.Result(job, Instant.parse("2100-01-01T00:00:00Z"));
  }

  void resources(String approval) {
    when(of(CheckResources.class).handle(any()))
        .thenReturn(new CheckResources.Result(approval, "one GPU"));
  }

  void verdict(String verdict) {
    when(of(CheckPromotion.class).handle(any()))
        .thenReturn(new CheckPromotion.Result(verdict, "nine checks", "from", "card", EVIDENCE));
  }

  /** The mock of a use case. */
  <T> T of(Class<T> useCase) {
    return context.getBean(useCase);
  }

  ProcessInstance start() {
    return start(TrainingTrigger.SCHEDULE);
  }

  /** Starts the training; it comes to rest where its first job is awaited. */
  ProcessInstance start(TrainingTrigger trigger) {
    process.start(training, trigger);
    engine.runJobs();
    return instance();
  }

  /** A person asks for the training. */
  ProcessInstance startBy(String person) {
    CallContext.of(Actor.user(person, directory.groupsOf(person)))
        .run(() -> process.start(training, TrainingTrigger.PERSON));
    engine.runJobs();
    return instance();
  }

  ProcessInstance instance() {
    return camunda
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processDefinitionKey("mlTraining")
        .processInstanceBusinessKey(training.value())
        .singleResult();
  }

  /** A person completes the one open task; everything that follows without waiting happens. */
  void decide(String person, String variable, String decision, Object... more) {
    var variables = new HashMap<String, Object>(Map.of(variable, decision));
    for (var i = 0; i < more.length; i += 2) {
      variables.put((String) more[i], more[i + 1]);
    }
    var task = engine.task().getId();
    access.as(
        Actor.user(person, directory.groupsOf(person)),
        () -> camunda.getTaskService().complete(task, variables));
    engine.runJobs();
  }

  /** All jobs that run report their end, until somebody has to decide. */
  void finishSteps() {
    while (!submitted.isEmpty()) {
      finishOneStage();
    }
  }

  void finishOneStage() {
    var ended = List.copyOf(submitted);
    submitted.removeAll(ended);
    ended.forEach(job -> context.publishEvent(new JobFinished(job)));
    engine.runJobs();
  }

  /** From the start to the review of the promotion. */
  ProcessInstance startToReview() {
    var instance = start();
    finishSteps();
    return instance;
  }

  /** From the start to the owner's approval. */
  ProcessInstance startToProduction() {
    var instance = startToReview();
    decide("quinn", "reviewDecision", "approve");
    finishSteps();
    return instance;
  }

  private static Manifest.Reference reference(String name) {
    return new Manifest.Reference(
        new BucketName("nsi-prd-ml-strikes-prov"), name + ".csv", "1", Sha256.of(name));
  }
}
