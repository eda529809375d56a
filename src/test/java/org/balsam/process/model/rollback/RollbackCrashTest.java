package org.balsam.process.model.rollback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId.Change;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.Promotion;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Registration;
import org.balsam.process.engine.EngineAccess;
import org.balsam.testing.EngineDriver;
import org.balsam.usecase.model.RequestRollback;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a {@code kill -9} right before each commit of the process leaves behind, with registry,
 * repository and engine as they are: all effects outside the database, none inside. Going on must
 * leave each effect once.
 */
@SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
class RollbackCrashTest {

  private static final ProjectId PROJECT = new ProjectId("ml-crash");
  private static final ModelName MODEL = new ModelName("damage");
  private static final Forge.Author OLA = new Forge.Author("Ola", "ola@nsi.invalid");

  @Autowired ProcessEngine engine;
  @Autowired EngineAccess access;
  @Autowired RequestRollback requestRollback;
  @Autowired ModelRegistry registry;
  @Autowired Forge forge;
  @Autowired Directory directory;
  @Autowired EmbeddedPeople people;
  @Autowired PlatformTransactionManager transactions;
  @Autowired JdbcClient jdbc;

  private EngineDriver driver;

  @BeforeEach
  void promoteTwice() {
    driver = new EngineDriver(engine);
    directory.ensureGroups(PROJECT, ProjectKind.PRODUCTION);
    for (var role : List.of(Role.OWNER, Role.PRODUCTION, Role.QUALITY)) {
      people.ensurePerson(role.value(), role.value(), role + "@nsi.invalid", "correct horse");
      directory.setRoles(PROJECT, role.value(), Set.of(role));
    }
    forge.ensureRepository(PROJECT, Map.of("README.md", "crash".getBytes(UTF_8)), OLA);
    promote("a00001", promote("a00000", null));
  }

  @AfterEach
  void cleanUp() {
    driver.cleanUp();
  }

  @Test
  void everyEffectIsThereOnceWhenEachStepIsKilledBeforeItsCommit() throws Exception {
    var champion = champion();
    var target = registry.versions(PROJECT, MODEL, 2, null).items().get(1);
    var before = forge.resolve(PROJECT, "main").orElseThrow();
    var asked =
        as(
            Role.PRODUCTION,
            actor ->
                requestRollback.handle(
                    new RequestRollback.Command(PROJECT, MODEL, null, "alarm", true, actor)));
    runKillingEachJobOnce();
    assertThat(champion().id()).isEqualTo(target.id());
    decide(Role.OWNER, Map.of("emergencyDecision", "refuse", "emergencyReason", "a test"));
    runKillingEachJobOnce();
    decide(Role.QUALITY, Map.of("disputeDecision", "restore", "disputeReason", "no alarm"));
    runKillingEachJobOnce();

    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
    assertThat(champion().id()).isEqualTo(champion.id());
    assertThat(registry.history(PROJECT, MODEL, 10, null).items())
        .extracting(AliasMove::kind)
        .filteredOn(AliasMove.Kind.ROLLED_BACK::equals)
        .hasSize(2);
    assertThat(subjects(before))
        .as("commits on main since")
        .containsExactly(
            "revert: restore %s (%s)".formatted(champion.id(), asked.rollback()),
            "revert: roll back to %s (%s)".formatted(target.id(), asked.rollback()));
    assertThat(
            jdbc.sql("select count(*), count(distinct subject) from notice where project = ?")
                .param(PROJECT.value())
                .query((row, number) -> row.getInt(1) == row.getInt(2))
                .single())
        .as("nobody is told twice")
        .isTrue();
  }

  private RegisteredModel champion() {
    return registry.alias(PROJECT, MODEL, Alias.CHAMPION).orElseThrow();
  }

  private RegisteredModel promote(String training, RegisteredModel champion) {
    var files = List.of(ModelSource.of("model.onnx", training.getBytes(UTF_8)));
    var card = "{}".getBytes(UTF_8);
    var id = new TrainingId(PROJECT, training);
    var model = registry.register(new Registration(id, MODEL, Change.PATCH, files, card));
    var gate = List.of(ModelSource.of("gate.json", card));
    var candidate = registry.attachEvidence(PROJECT, model.id(), gate);
    return registry.promote(
        new Promotion(
            training,
            PROJECT,
            model.id(),
            candidate.artefact(),
            candidate.evidence(),
            champion == null ? null : champion.id(),
            null));
  }

  /** Executes each job up to its commit, lets all of it be lost, and executes it again. */
  private void runKillingEachJobOnce() {
    for (var job = next(); job != null; job = next()) {
      var id = job.getId();
      new TransactionTemplate(transactions)
          .executeWithoutResult(
              status -> {
                engine.getManagementService().executeJob(id);
                status.setRollbackOnly();
              });
      assertThat(engine.getManagementService().createJobQuery().jobId(id).count()).isEqualTo(1);
      engine.getManagementService().executeJob(id);
    }
  }

  private Job next() {
    return engine.getManagementService().createJobQuery().messages().list().stream()
        .findFirst()
        .orElse(null);
  }

  private void decide(Role role, Map<String, Object> form) {
    as(
        role,
        actor -> {
          access.as(actor, () -> engine.getTaskService().complete(driver.task().getId(), form));
          return actor;
        });
  }

  private <T> T as(Role role, java.util.function.Function<Actor, T> work) {
    var actor = Actor.user(role.value(), directory.groupsOf(role.value()));
    return CallContext.of(actor).call(() -> work.apply(actor));
  }

  /** Subjects of the commits on main since another, newest first. */
  private List<String> subjects(String since) throws Exception {
    try (var git = Git.open(Path.of(forge.cloneUri(PROJECT)).toFile())) {
      var main = git.getRepository().resolve("refs/heads/main");
      return StreamSupport.stream(
              git.log().addRange(ObjectId.fromString(since), main).call().spliterator(), false)
          .map(RevCommit::getShortMessage)
          .toList();
    }
  }
}
