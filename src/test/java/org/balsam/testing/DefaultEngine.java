package org.balsam.testing;

import org.camunda.bpm.admin.Admin;
import org.camunda.bpm.admin.impl.DefaultAdminRuntimeDelegate;
import org.camunda.bpm.cockpit.Cockpit;
import org.camunda.bpm.cockpit.impl.DefaultCockpitRuntimeDelegate;
import org.camunda.bpm.container.RuntimeContainerDelegate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.tasklist.Tasklist;
import org.camunda.bpm.tasklist.impl.DefaultTasklistRuntimeDelegate;
import org.camunda.bpm.welcome.Welcome;
import org.camunda.bpm.welcome.impl.DefaultWelcomeRuntimeDelegate;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets the engine's own routes and pages lead to the engine of the context under test. They find it
 * in registries of the whole JVM, where of several cached contexts the newest wins, and which a
 * closed one empties: its web applications answer 500 from then on.
 */
public class DefaultEngine implements TestExecutionListener {

  @Override
  public void beforeTestMethod(TestContext test) {
    if (!test.hasApplicationContext()) {
      return;
    }
    var engines = test.getApplicationContext().getBeanProvider(ProcessEngine.class);
    engines.ifAvailable(DefaultEngine::register);
  }

  private static void register(ProcessEngine engine) {
    ProcessEngines.registerProcessEngine(engine);
    var platform = RuntimeContainerDelegate.INSTANCE.get();
    var registered = platform.getProcessEngineService().getDefaultProcessEngine();
    if (registered != engine) {
      if (registered != null) {
        platform.unregisterProcessEngine(registered);
      }
      platform.registerProcessEngine(engine);
    }
    startWebApplications();
  }

  private static void startWebApplications() {
    Tasklist.setTasklistRuntimeDelegate(new DefaultTasklistRuntimeDelegate());
    Cockpit.setCockpitRuntimeDelegate(new DefaultCockpitRuntimeDelegate());
    Admin.setAdminRuntimeDelegate(new DefaultAdminRuntimeDelegate());
    Welcome.setRuntimeDelegate(new DefaultWelcomeRuntimeDelegate());
  }
}
