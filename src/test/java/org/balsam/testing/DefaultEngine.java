package org.balsam.testing;

import org.camunda.bpm.container.RuntimeContainerDelegate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets the engine's own routes lead to the engine of the context under test. They find it in a
 * registry of the whole JVM, where of several cached contexts the newest wins, and from which a
 * closed one takes the entry along.
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
    if (registered == engine) {
      return;
    }
    if (registered != null) {
      platform.unregisterProcessEngine(registered);
    }
    platform.registerProcessEngine(engine);
  }
}
