package org.balsam.process.engine;

import java.util.ArrayList;
import java.util.List;
import org.balsam.audit.AuditTrail;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes the engine tell the audit trail what it does, beside its own history. */
@Component
class EngineFactsPlugin extends AbstractProcessEnginePlugin {

  private final FormFields forms;
  private final ObjectProvider<AuditTrail> audit;

  EngineFactsPlugin(FormFields forms, ObjectProvider<AuditTrail> audit) {
    this.forms = forms;
    this.audit = audit;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    var recorder = new FactRecorder(audit::getObject);
    engine
        .getCustomHistoryEventHandlers()
        .add(new EngineFacts(recorder, new TaskFacts(recorder, forms)));
    engine.setCustomPostCommandInterceptorsTxRequired(
        with(engine.getCustomPostCommandInterceptorsTxRequired(), recorder));
    engine.setCustomPostCommandInterceptorsTxRequiresNew(
        with(engine.getCustomPostCommandInterceptorsTxRequiresNew(), recorder));
  }

  private static List<CommandInterceptor> with(
      List<CommandInterceptor> interceptors, FactRecorder recorder) {
    var all = new ArrayList<CommandInterceptor>(interceptors == null ? List.of() : interceptors);
    all.add(new HistoryRemovals(recorder));
    return all;
  }
}
