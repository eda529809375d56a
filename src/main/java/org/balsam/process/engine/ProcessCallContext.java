package org.balsam.process.engine;

import org.balsam.kernel.CallContext;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;

/**
 * Tells delegates and listeners as part of what they work: actor, correlation and source stay those
 * of the thread (in a job: Balsam itself), process, activity, project and subject come from the
 * execution.
 */
final class ProcessCallContext extends DefaultDelegateInterceptor {

  @Override
  protected void handleInvocationInContext(DelegateInvocation invocation) throws Exception {
    if (!(invocation.getContextExecution() instanceof DelegateExecution execution)) {
      super.handleInvocationInContext(invocation);
      return;
    }
    var thread = CallContext.current();
    var context =
        new CallContext(
            thread.actor(),
            execution.getTenantId() == null ? thread.project() : execution.getTenantId(),
            execution.getProcessBusinessKey() == null
                ? thread.subject()
                : execution.getProcessBusinessKey(),
            execution.getProcessInstanceId(),
            execution.getCurrentActivityId(),
            thread.correlation(),
            thread.source());
    context.callChecked(
        () -> {
          super.handleInvocationInContext(invocation);
          return null;
        });
  }
}
