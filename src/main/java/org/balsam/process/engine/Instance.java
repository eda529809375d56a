package org.balsam.process.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/**
 * A process instance.
 *
 * @param root the outermost calling instance; itself where there is none
 */
record Instance(String root, String id, @Nullable String businessKey, @Nullable String project) {

  static Instance of(DelegateExecution execution) {
    var root = ((ExecutionEntity) execution).getRootProcessInstanceId();
    return new Instance(
        root == null ? execution.getProcessInstanceId() : root,
        execution.getProcessInstanceId(),
        execution.getProcessBusinessKey(),
        execution.getTenantId());
  }
}
