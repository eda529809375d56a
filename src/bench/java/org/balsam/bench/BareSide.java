package org.balsam.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import org.balsam.platform.database.DatabaseAccess;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The engine as it comes, with its own history at the same level, and nothing of Balsam's. */
final class BareSide implements Side {

  private final HikariDataSource source = new HikariDataSource();
  private final ProcessEngine engine;

  /** Ids as Spring Boot's starter sets them for Balsam: no table of ids is shared. */
  BareSide(DatabaseAccess access) {
    source.setJdbcUrl(access.url());
    source.setUsername(access.user());
    source.setPassword(access.password());
    source.setMaximumPoolSize(16);
    var configuration = new SpringProcessEngineConfiguration();
    configuration.setProcessEngineName("bare");
    configuration.setIdGenerator(new StrongUuidGenerator());
    configuration.setDataSource(source);
    configuration.setTransactionManager(new DataSourceTransactionManager(source));
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("full");
    configuration.setJobExecutorActivate(false);
    configuration.setFailedJobRetryTimeCycle("R3/PT30S");
    var beans = new HashMap<Object, Object>();
    NoOps.names().forEach(name -> beans.put(name, NoOps.bean(name)));
    beans.put("roles", new Roles());
    configuration.setBeans(beans);
    engine = configuration.buildProcessEngine();
    var deployment = engine.getRepositoryService().createDeployment().name("bench");
    for (var file : NoOps.resources()) {
      var content = NoOps.read(file).getBytes(StandardCharsets.UTF_8);
      deployment.addInputStream(file.toString(), new ByteArrayInputStream(content));
    }
    deployment.deploy();
  }

  /** Candidate groups as Balsam's bean of that name gives them, without its checks. */
  public static final class Roles {

    public List<String> groups(DelegateExecution execution, String roles) {
      return Arrays.stream(roles.split(",")).map(role -> "bench/" + role).toList();
    }
  }

  @Override
  public String name() {
    return "bare engine";
  }

  @Override
  public ProcessEngine engine() {
    return engine;
  }

  @Override
  public void start(String businessKey) {
    engine.getRuntimeService().startProcessInstanceByKey("statisticalRound", businessKey);
  }

  @Override
  public <T> T asSystem(Supplier<T> work) {
    return work.get();
  }

  @Override
  public void as(String person, Runnable work) {
    engine.getIdentityService().setAuthenticatedUserId(person);
    try {
      work.run();
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  @Override
  public void close() {
    engine.close();
    source.close();
  }
}
