package org.balsam.process.lint;

import org.balsam.process.engine.UseCaseDelegate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Calls no use case of its name; nothing but the rule that must notice it knows it. */
@Component
class MisnamedDelegate extends UseCaseDelegate {

  @Override
  protected void perform(DelegateExecution execution) {
    throw new UnsupportedOperationException();
  }
}
