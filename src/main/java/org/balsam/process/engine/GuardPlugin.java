package org.balsam.process.engine;

import java.util.ArrayList;
import java.util.List;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.platform.identity.Directory;
import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.stereotype.Component;

/** Puts Balsam's guards, identity and tenants into the engine, and checks its settings. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 100)
class GuardPlugin extends AbstractProcessEnginePlugin {

  private static final String PERSON = "[a-z][a-z0-9._-]{1,31}";
  private static final String PROJECT = "[a-z][a-z0-9-]{2,19}";

  private final ApplicationContext beans;
  private final TaskGuard guard;
  private final TaskCompletions completions;
  private final ObjectProvider<AuditTrail> audit;
  private final ObjectProvider<Directory> directory;
  private final ObjectProvider<AuthenticationProvider> passwords;
  private final JdbcOperations jdbc;
  private final ObjectProvider<StartGuard> starts;

  GuardPlugin(
      ApplicationContext beans,
      TaskGuard guard,
      TaskCompletions completions,
      ObjectProvider<AuditTrail> audit,
      ObjectProvider<Directory> directory,
      ObjectProvider<AuthenticationProvider> passwords,
      JdbcOperations jdbc,
      ObjectProvider<StartGuard> starts) {
    this.starts = starts;
    this.beans = beans;
    this.guard = guard;
    this.completions = completions;
    this.audit = audit;
    this.directory = directory;
    this.passwords = passwords;
    this.jdbc = jdbc;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setExpressionManager(new GuardedExpressionManager(beans));
    engine.setScriptEngineResolver(new NoScripts());
    engine.setArtifactFactory(new NoClasses());
    engine.setIdentityProviderSessionFactory(new DirectorySessions());
    engine.setTenantIdProvider(new ProjectTenants());
    engine.setCommandCheckers(List.of(new TenantCommandChecker(), new TaskWorkCheck(jdbc)));
    engine.setResourceAuthorizationProvider(new TaskGrants());
    engine.setDelegateInterceptor(new ProcessCallContext());
    engine.setAdminGroups(new ArrayList<>(List.of(Actor.PLATFORM_ADMINISTRATORS)));
    engine.setUserResourceWhitelistPattern(PERSON);
    engine.setGroupResourceWhitelistPattern(PROJECT + "/[a-z]+");
    engine.setTenantResourceWhitelistPattern(PROJECT);
    addInterceptors(engine);
    addParseListener(engine);
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    EngineDefaultsCheck.check(
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration());
  }

  private void addInterceptors(ProcessEngineConfigurationImpl engine) {
    engine.setCustomPreCommandInterceptorsTxRequired(
        with(engine.getCustomPreCommandInterceptorsTxRequired(), persons(engine)));
    engine.setCustomPreCommandInterceptorsTxRequiresNew(
        with(engine.getCustomPreCommandInterceptorsTxRequiresNew(), persons(engine)));
    engine.setCustomPostCommandInterceptorsTxRequired(
        with(
            engine.getCustomPostCommandInterceptorsTxRequired(), new SubmissionInterceptor(guard)));
    engine.setCustomPostCommandInterceptorsTxRequiresNew(
        with(
            engine.getCustomPostCommandInterceptorsTxRequiresNew(),
            new SubmissionInterceptor(guard)));
  }

  private PersonInterceptor persons(ProcessEngineConfigurationImpl engine) {
    return new PersonInterceptor(engine, audit::getObject);
  }

  private void addParseListener(ProcessEngineConfigurationImpl engine) {
    var listeners = engine.getCustomPreBPMNParseListeners();
    var all = new ArrayList<BpmnParseListener>(listeners == null ? List.of() : listeners);
    all.add(new TaskGuardListeners(guard, completions, starts));
    engine.setCustomPreBPMNParseListeners(all);
  }

  private static List<CommandInterceptor> with(
      List<CommandInterceptor> interceptors, CommandInterceptor one) {
    var all = new ArrayList<CommandInterceptor>(interceptors == null ? List.of() : interceptors);
    all.add(one);
    return all;
  }

  private final class DirectorySessions implements SessionFactory {

    @Override
    public Class<?> getSessionType() {
      return ReadOnlyIdentityProvider.class;
    }

    @Override
    public Session openSession() {
      return new DirectoryIdentityProvider(directory.getObject(), passwords.getObject());
    }
  }

  /** {@code camunda:class} would let a model create any class there is. */
  private static final class NoClasses implements ArtifactFactory {

    @Override
    public <T> T getArtifact(Class<T> type) {
      throw new ProcessEngineException(
          "camunda:class=\""
              + type.getName()
              + "\" is not allowed in models; use camunda:delegateExpression");
    }
  }
}
