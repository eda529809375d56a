package org.balsam.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import java.sql.DriverManager;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;

/**
 * The rules of docs/architecture.md that Spring Modulith does not know. Each holds in {@code
 * org.balsam}, and is broken on purpose in a package of its own under {@code fixtures}, so that a
 * rule that could never fail would be noticed.
 */
enum ArchitectureRule {
  LAYERS_POINT_DOWNWARDS("AsksARound", ArchitectureRule::layers),

  BOXES_OF_USE_CASES_DO_NOT_KNOW_EACH_OTHER(
      "ReadsARound",
      root -> slices().matching(root + ".usecase.(*)..").should().notDependOnEachOther()),

  ONLY_PROCESS_KNOWS_THE_ENGINE(
      "StartsAnInstance",
      root -> onlyIn(root + ".process..", "org.camunda..", "the models are the only glue")),

  ONLY_FORGE_KNOWS_JGIT(
      "OpensARepository",
      root ->
          onlyIn(
              root + ".platform.[forge|library]..",
              "org.eclipse.jgit..",
              "Git is behind Forge, and behind the servers of libraries")),

  ONLY_COMPUTE_KNOWS_DUCKDB(
      "Aggregates",
      root ->
          onlyIn(root + ".platform.compute..", "org.duckdb..", "SQL of steps runs in their JVM")),

  ONLY_COMPUTE_KNOWS_TRIBUO(
      "TrainsAModel",
      root -> onlyIn(root + ".platform.compute..", "org.tribuo..", "models are learnt in steps")),

  ONLY_COMPUTE_KNOWS_ONNXRUNTIME(
      "ScoresAModel",
      root ->
          onlyIn(
              root + ".platform.compute..",
              "ai.onnxruntime..",
              "native code that reads a model runs in a process of its own")),

  ONLY_COMPUTE_KNOWS_KUBERNETES(
      "AsksTheCluster",
      root ->
          onlyIn(
              root + ".platform.compute.kubernetes..",
              "io.fabric8..",
              "the cluster is behind the runtimes of jobs and workspaces")),

  ONLY_COMPUTE_OPENS_CONNECTIONS_BY_HAND(
      "ConnectsByHand",
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackage(root + ".platform.compute..")
              .should()
              .dependOnClassesThat()
              .belongToAnyOf(DriverManager.class)
              .because("everything else shares the one data source and its transactions")),

  DRIVERS_REACH_EFFECTS_THROUGH_USE_CASES(
      "DownloadController",
      root ->
          noClasses()
              .that()
              .resideInAnyPackage(root + ".api..", root + ".process..")
              .should()
              .dependOnClassesThat(
                  Ports.in(root + ".platform.", "storage", "forge", "compute", "registry"))
              .because("who may do it is checked in the use case")),

  ENTITIES_STAY_IN_THEIR_BOX(
      "PublicEntity",
      root ->
          classes()
              .that()
              .areAnnotatedWith(Entity.class)
              .or()
              .areAssignableTo(Repository.class)
              .should()
              .bePackagePrivate()
              .andShould()
              .resideInAPackage(root + ".usecase..")),

  USE_CASES_DO_ONE_THING("DoesTwoThings", UseCases::doOneThing),

  DELEGATES_CALL_THE_USE_CASE_OF_THEIR_NAME("OpenGateDelegate", UseCases::areCalledByTheirDelegate),

  DELEGATES_ARE_CALLED_DELEGATE(
      "FreezeTask",
      root ->
          classes()
              .that()
              .areAssignableTo(JavaDelegate.class)
              .should()
              .haveSimpleNameEndingWith("Delegate")
              .andShould()
              .resideInAPackage(root + ".process..")),

  NOBODY_WAITS_INSIDE_A_JOB(
      "WaitsForTheJob",
      root ->
          noClasses()
              .that()
              .resideInAnyPackage(root + ".process..", root + ".usecase..")
              .should()
              .callMethod(Thread.class, "sleep", long.class)
              .because("a job's lock ends while it sleeps; wait in the model")),

  CONTROLLERS_LIVE_IN_THE_API(
      "StrayController",
      root ->
          classes()
              .that()
              .areMetaAnnotatedWith(Controller.class)
              .or()
              .areMetaAnnotatedWith(ControllerAdvice.class)
              .should()
              .resideInAPackage(root + ".api..")
              .orShould()
              .haveSimpleName("LoginPage")),

  ADAPTERS_ARE_NAMED_BY_VENDOR("S3Store", Ports::adaptersAreNamedByVendor),

  PORTS_ARE_PUBLISHED_AUDITED(
      "StorageConfiguration",
      root ->
          methods()
              .that()
              .areAnnotatedWith(Bean.class)
              .and()
              .haveRawReturnType(Ports.in(root + ".platform."))
              .should(Ports.beMadeByAnAuditedDecorator())),

  NOTHING_IS_INJECTED_INTO_FIELDS(
      "InjectedField",
      root ->
          noFields()
              .should()
              .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
              .orShould()
              .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
              .orShould()
              .beAnnotatedWith("jakarta.annotation.Resource")
              .orShould()
              .beAnnotatedWith("jakarta.inject.Inject")),

  NOBODY_LOGS_BY_JAVA_UTIL_LOGGING(
      "OldLogger",
      root ->
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAPackage("java.util.logging..")
              .because("the application logs by SLF4J")),

  ONLY_PROGRAMS_PRINT(
      "PrintsProgress",
      root ->
          noClasses()
              .that()
              .resideOutsideOfPackage(root + ".cli..")
              .and(Names.areNotPrograms())
              .should(ACCESS_STANDARD_STREAMS)),

  EVERY_PACKAGE_IS_NULL_MARKED(
      "MayBeNull", root -> classes().should(Names.resideInANullMarkedPackage())),

  NAMES_SAY_WHAT_A_CLASS_DOES(
      "RoundManager", root -> classes().should(Names.sayWhatTheClassDoes()));

  private final String culprit;
  private final Function<String, ArchRule> rule;

  ArchitectureRule(String culprit, Function<String, ArchRule> rule) {
    this.culprit = culprit;
    this.rule = rule;
  }

  /** The simple name of the class that breaks the rule in the rule's fixture. */
  String culprit() {
    return culprit;
  }

  /** The package that holds the violation. */
  String fixture() {
    return "fixtures." + name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
  }

  /** The rule for the layers below a package. */
  ArchRule under(String root) {
    return rule.apply(root).as(name());
  }

  private static ArchRule onlyIn(String allowed, String library, String reason) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(reason);
  }

  private static ArchRule layers(String root) {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("kernel")
        .definedBy(root + ".kernel..")
        .layer("audit")
        .definedBy(root + ".audit..")
        .layer("platform")
        .definedBy(root + ".platform..")
        .layer("standard")
        .definedBy(root + ".standard..")
        .layer("usecase")
        .definedBy(root + ".usecase..")
        .layer("process")
        .definedBy(root + ".process..")
        .layer("api")
        .definedBy(root + ".api..")
        .layer("cli")
        .definedBy(root + ".cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("usecase")
        .mayOnlyBeAccessedByLayers("process", "api", "cli")
        .whereLayer("standard")
        .mayOnlyBeAccessedByLayers("usecase", "process", "api", "cli")
        .whereLayer("platform")
        .mayOnlyBeAccessedByLayers("standard", "usecase", "process", "api", "cli")
        .whereLayer("audit")
        .mayOnlyBeAccessedByLayers("platform", "standard", "usecase", "process", "api", "cli");
  }
}
