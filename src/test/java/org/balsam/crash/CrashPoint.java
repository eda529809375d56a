package org.balsam.crash;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * In the server's process: stops for good at each service task that the test has armed, and says so
 * in a file. The test kills the server when all are reached, so that one death tests many places.
 * Does nothing without the system property {@code crash.folder}.
 */
public final class CrashPoint
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  static final String FOLDER = "crash.folder";

  /** When, seen from the delegate. */
  enum Moment {
    BEFORE,
    EFFECT,
    COMMITTED
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var folder = System.getProperty(FOLDER);
    if (folder != null) {
      var points = new CrashFiles(Path.of(folder));
      context.addBeanFactoryPostProcessor(
          factory -> factory.addBeanPostProcessor(new Wrapper(points)));
    }
  }

  private record Wrapper(CrashFiles points) implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof JavaDelegate delegate ? wrapped(delegate) : bean;
    }

    private JavaDelegate wrapped(JavaDelegate delegate) {
      return execution -> execute(delegate, execution);
    }

    private void execute(JavaDelegate delegate, DelegateExecution execution) throws Exception {
      var kill =
          points.armedAt(execution.getCurrentActivityId(), execution.getProcessBusinessKey());
      if (kill == null) {
        delegate.execute(execution);
        return;
      }
      var instance = execution.getProcessInstanceId();
      switch (kill.moment()) {
        case BEFORE -> stopAt(kill, instance);
        case EFFECT -> {
          try {
            delegate.execute(execution);
          } finally {
            stopAt(kill, instance);
          }
        }
        case COMMITTED -> {
          delegate.execute(execution);
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                  stopAt(kill, instance);
                }
              });
        }
      }
    }

    private void stopAt(Kill kill, String instance) {
      try {
        points.reached(kill, instance);
        new CountDownLatch(1).await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
