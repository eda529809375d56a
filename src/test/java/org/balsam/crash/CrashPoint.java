package org.balsam.crash;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * In the server's process: sends it SIGKILL at the service task that the system property {@code
 * crash.element} names. Does nothing without the property.
 */
public final class CrashPoint
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  static final String ELEMENT = "crash.element";
  static final String MOMENT = "crash.moment";

  /** When, seen from the delegate. */
  enum Moment {
    BEFORE,
    EFFECT,
    COMMITTED
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var element = System.getProperty(ELEMENT);
    if (element != null) {
      var moment = Moment.valueOf(System.getProperty(MOMENT));
      context.addBeanFactoryPostProcessor(
          factory -> factory.addBeanPostProcessor(new Wrapper(element, moment)));
    }
  }

  private record Wrapper(String element, Moment moment) implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof JavaDelegate delegate ? wrapped(delegate) : bean;
    }

    private JavaDelegate wrapped(JavaDelegate delegate) {
      return execution -> execute(delegate, execution);
    }

    private void execute(JavaDelegate delegate, DelegateExecution execution) throws Exception {
      if (!execution.getCurrentActivityId().equals(element)) {
        delegate.execute(execution);
        return;
      }
      switch (moment) {
        case BEFORE -> die();
        case EFFECT -> {
          try {
            delegate.execute(execution);
          } finally {
            die();
          }
        }
        case COMMITTED -> {
          delegate.execute(execution);
          TransactionSynchronizationManager.registerSynchronization(new AfterCommit());
        }
      }
    }
  }

  private record AfterCommit() implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      die();
    }
  }

  private static void die() {
    try {
      new ProcessBuilder("kill", "-KILL", String.valueOf(ProcessHandle.current().pid())).start();
      new CountDownLatch(1).await();
    } catch (IOException | InterruptedException failure) {
      Runtime.getRuntime().halt(137);
    }
  }
}
