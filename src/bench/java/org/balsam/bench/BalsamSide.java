package org.balsam.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.balsam.Balsam;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.identity.embedded.EmbeddedPeople;
import org.balsam.process.engine.EngineAccess;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The whole application; only the use cases of the round do nothing. */
final class BalsamSide implements Side {

  private static final ProjectId PROJECT = new ProjectId("bench");

  private final ConfigurableApplicationContext application;
  private final EngineAccess access;
  private final ProcessEngine engine;
  private final Map<String, Actor> people = new HashMap<>();

  /**
   * Replaces the delegates and listeners of the round's models. Not annotated, so that no scan of
   * components finds it for a server that has this driver on its class path.
   */
  static class WithoutUseCases {

    @Bean
    static BeanDefinitionRegistryPostProcessor noOps() {
      return new BeanDefinitionRegistryPostProcessor() {
        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
          for (var name : NoOps.names()) {
            registry.removeBeanDefinition(name);
            registry.registerBeanDefinition(name, definition(NoOps.bean(name)));
          }
        }
      };
    }

    @SuppressWarnings("unchecked")
    private static <T> RootBeanDefinition definition(T bean) {
      return new RootBeanDefinition((Class<T>) bean.getClass(), () -> bean);
    }
  }

  BalsamSide(DatabaseAccess database, Path home) {
    application =
        new SpringApplicationBuilder(Balsam.class, WithoutUseCases.class)
            .run(
                "--balsam.home=" + home,
                "--balsam.database.type=external",
                "--balsam.database.external.url=" + database.url(),
                "--balsam.database.external.username=" + database.user(),
                "--balsam.database.external.password=" + database.password(),
                "--balsam.database.external.owner-username=" + database.owner(),
                "--balsam.database.external.owner-password=" + database.ownerPassword(),
                "--server.port=0",
                "--logging.level.org.balsam=warn",
                "--balsam.demo.enabled=false",
                "--camunda.bpm.job-execution.enabled=false");
    access = application.getBean(EngineAccess.class);
    engine = application.getBean(ProcessEngine.class);
    var directory = application.getBean(Directory.class);
    directory.ensureGroups(PROJECT, ProjectKind.PRODUCTION);
    add(directory, "subject", Role.SUBJECT);
    add(directory, "quality", Role.QUALITY);
    add(directory, "owner", Role.OWNER);
  }

  private void add(Directory directory, String person, Role role) {
    application
        .getBean(EmbeddedPeople.class)
        .ensurePerson(person, person, person + "@nsi.example", "secret of " + person);
    directory.setRoles(PROJECT, person, Set.of(role));
    people.put(person, Actor.user(person, directory.groupsOf(person)));
  }

  @Override
  public String name() {
    return "Balsam";
  }

  @Override
  public ProcessEngine engine() {
    return engine;
  }

  @Override
  public void start(String businessKey) {
    asSystem(
        () ->
            engine.getRuntimeService().startProcessInstanceByKey("statisticalRound", businessKey));
  }

  @Override
  public <T> T asSystem(Supplier<T> work) {
    return access.asSystem(work);
  }

  @Override
  public void as(String person, Runnable work) {
    access.as(people.get(person), work);
  }

  @Override
  public void close() {
    application.close();
  }
}
