package org.balsam.process.lab;

import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Does what a {@code kill -9} right before the commit does: a service task's effects outside the
 * database are there, those inside are rolled back, and the engine does the task again.
 */
final class FirstAttempts implements BeanPostProcessor {

  private final Set<String> killed = new HashSet<>();
  boolean areKilled;

  /** The tasks that were killed. */
  Set<String> killed() {
    return Set.copyOf(killed);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof JavaDelegate delegate && bean.getClass().getPackage() == here()
        ? (JavaDelegate) execution -> execute(delegate, execution)
        : bean;
  }

  private static Package here() {
    return FirstAttempts.class.getPackage();
  }

  private void execute(JavaDelegate delegate, DelegateExecution execution) throws Exception {
    if (!areKilled || !killed.add(execution.getCurrentActivityId())) {
      delegate.execute(execution);
      return;
    }
    try {
      delegate.execute(execution);
    } catch (BpmnError refusal) {
      throw new IllegalStateException("killed after a refusal", refusal);
    }
    throw new IllegalStateException("killed before the commit");
  }
}
