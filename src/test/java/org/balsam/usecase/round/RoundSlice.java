package org.balsam.usecase.round;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.balsam.audit.Refusals;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Installation;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageQuotas;
import org.balsam.platform.storage.TemporaryFolder;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.standard.gate.CheckEvaluator;
import org.balsam.standard.gate.CheckResult;
import org.balsam.standard.gate.GateTable;
import org.balsam.standard.gate.Severity;
import org.balsam.standard.gate.Verdict;
import org.balsam.standard.template.MethodVersions;
import org.balsam.standard.template.ProjectFileParser;
import org.balsam.standard.template.ProjectFiles;
import org.balsam.standard.template.ProjectPolicies;
import org.balsam.testing.MovableClock;
import org.balsam.testing.OpenPolicies;
import org.balsam.testing.RecordedAudit;
import org.balsam.testing.RecordedNotices;
import org.balsam.testing.ScriptedApprovals;
import org.balsam.testing.ScriptedJobs;
import org.balsam.usecase.task.EscalateTask;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The box of rounds on a real database, real storage and real repositories; the rest recorded. */
@ImportAutoConfiguration({
  FlywayAutoConfiguration.class,
  HibernateJpaAutoConfiguration.class,
  JpaRepositoriesAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  TransactionAutoConfiguration.class
})
@ComponentScan(
    basePackages = {
      "org.balsam.usecase.round",
      "org.balsam.usecase.step",
      "org.balsam.standard.step",
      "org.balsam.platform.database"
    })
@Import({
  EscalateTask.class,
  Refusals.class,
  ProjectFiles.class,
  MethodVersions.class,
  TemporaryFolder.class
})
@ConfigurationPropertiesScan({
  "org.balsam.kernel",
  "org.balsam.usecase.round",
  "org.balsam.platform.database"
})
@EntityScan({"org.balsam.usecase.round", "org.balsam.usecase.step"})
@EnableJpaRepositories({"org.balsam.usecase.round", "org.balsam.usecase.step"})
class RoundSlice {

  @Bean
  MovableClock clock() {
    return new MovableClock();
  }

  @Bean
  RecordedAudit audit() {
    return new RecordedAudit();
  }

  @Bean
  ObjectStore store(BalsamHome home, Clock clock) {
    return new FilesystemObjectStore(home.resolve("objects"), clock);
  }

  @Bean
  StorageQuotas quotas(DataSource database) {
    return new StorageQuotas(JdbcClient.create(database), null);
  }

  @Bean
  BucketNames buckets(Installation installation) {
    return new BucketNames(installation);
  }

  @Bean
  Forge forge(BalsamHome home, Clock clock) {
    return new LocalForge(home.resolve("repositories"), clock);
  }

  @Bean
  ProjectFileParser parser() {
    return new ProjectFileParser();
  }

  @Bean
  RolledBackModels rolledBackModels() {
    return (project, versions) -> List.of();
  }

  @Bean
  ProjectPolicies policies() {
    return new OpenPolicies();
  }

  @Bean
  CheckEvaluator evaluator() {
    return new CheckEvaluator();
  }

  @Bean
  GateTable gate() {
    return (result, product) -> new GateTable.Decision(result.severity(), verdict(result));
  }

  private static Verdict verdict(CheckResult result) {
    if (!result.exceeded() || result.severity() == Severity.INFO) {
      return Verdict.PASS;
    }
    return result.severity() == Severity.BLOCK ? Verdict.BLOCK : Verdict.EXPLAIN;
  }

  @Bean
  ScriptedJobs jobs(ObjectStore store) {
    return new ScriptedJobs(store);
  }

  @Bean
  RecordedWorkspaces workspaces() {
    return new RecordedWorkspaces();
  }

  @Bean
  RecordedNotices notices() {
    return new RecordedNotices();
  }

  @Bean
  RecordedProcess process() {
    return new RecordedProcess();
  }

  @Bean
  ScriptedApprovals approvalTrail() {
    return new ScriptedApprovals();
  }

  @Bean
  RoundFixture fixture(ApplicationContext context) {
    return new RoundFixture(context);
  }
}
