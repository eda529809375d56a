package org.balsam.usecase.model;

import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.balsam.audit.Refusals;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Classification;
import org.balsam.kernel.Installation;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.local.LocalForge;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.builtin.BuiltinModelRegistry;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageQuotas;
import org.balsam.platform.storage.TemporaryFolder;
import org.balsam.platform.storage.filesystem.FilesystemObjectStore;
import org.balsam.standard.gate.ResourceApproval;
import org.balsam.standard.gate.ResourceTable;
import org.balsam.standard.promotion.PromotionFinding;
import org.balsam.standard.promotion.PromotionTable;
import org.balsam.standard.promotion.PromotionVerdict;
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
import org.balsam.usecase.dataset.DatasetProcess;
import org.balsam.usecase.dataset.ProjectFacts;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Trainings, steps and datasets on a real database, storage, registry and repository. */
@ImportAutoConfiguration({
  FlywayAutoConfiguration.class,
  HibernateJpaAutoConfiguration.class,
  JpaRepositoriesAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  TransactionAutoConfiguration.class
})
@ComponentScan(
    basePackages = {
      "org.balsam.usecase.model",
      "org.balsam.usecase.step",
      "org.balsam.usecase.dataset",
      "org.balsam.standard.step",
      "org.balsam.platform.database"
    },
    excludeFilters =
        @ComponentScan.Filter(
            type = FilterType.REGEX,
            pattern =
                "org.balsam.usecase.model.(.*Roll[bB]ack|.*Champion.*|RollbackNotices"
                    + "|RemindDeciders|RollBackModel|ModelCatalogue)"))
@Import({Refusals.class, ProjectFiles.class, MethodVersions.class, TemporaryFolder.class})
@ConfigurationPropertiesScan({
  "org.balsam.kernel",
  "org.balsam.usecase.model",
  "org.balsam.usecase.dataset",
  "org.balsam.platform.database"
})
@EntityScan({"org.balsam.usecase.model", "org.balsam.usecase.step", "org.balsam.usecase.dataset"})
@EnableJpaRepositories({
  "org.balsam.usecase.model",
  "org.balsam.usecase.step",
  "org.balsam.usecase.dataset"
})
class TrainingSlice {

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
  ModelRegistry registry(
      JdbcClient database,
      PlatformTransactionManager transactions,
      ObjectStore store,
      BucketNames buckets,
      Clock clock) {
    return new BuiltinModelRegistry(
        database, new TransactionTemplate(transactions), store, buckets, clock);
  }

  @Bean
  ProjectPolicies policies() {
    return new OpenPolicies();
  }

  @Bean
  ProjectFileParser parser() {
    return new ProjectFileParser();
  }

  /** More than a small machine, or above the quota, is for the owner. */
  @Bean
  ResourceTable resources() {
    return request ->
        new ResourceTable.Decision(
            request.hardware().ordinal() > 0 || !request.withinQuota()
                ? ResourceApproval.OWNER
                : ResourceApproval.NONE,
            "as the test says");
  }

  @Bean
  PromotionTable promotions() {
    return (check, type) ->
        check.finding() == PromotionFinding.NOT_MET || check.finding() == PromotionFinding.MISSING
            ? PromotionVerdict.BLOCK
            : PromotionVerdict.PASS;
  }

  @Bean
  ScriptedJobs jobs(ObjectStore store) {
    return new ScriptedJobs(store);
  }

  @Bean
  RecordedNotices notices() {
    return new RecordedNotices();
  }

  @Bean
  ScriptedApprovals approvals() {
    return new ScriptedApprovals();
  }

  @Bean
  RecordedTrainingProcess process() {
    return new RecordedTrainingProcess();
  }

  @Bean
  ProjectFacts projectFacts() {
    return project -> Optional.of(Classification.INTERNAL);
  }

  @Bean
  DatasetProcess datasetProcess() {
    return (dataset, period) -> {};
  }

  @Bean
  TrainingFixture fixture(ApplicationContext context) {
    return new TrainingFixture(context);
  }
}
