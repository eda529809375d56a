package org.balsam.process.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.kernel.CallContext;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.boot.test.context.TestComponent;

/** Remembers the call context in which it ran, by business key. */
@TestComponent("contextProbeDelegate")
class ContextProbeDelegate implements JavaDelegate {

  final Map<String, CallContext> seen = new ConcurrentHashMap<>();

  @Override
  public void execute(DelegateExecution execution) {
    seen.put(execution.getProcessBusinessKey(), CallContext.current());
  }
}
