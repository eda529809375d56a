package org.balsam.process.engine;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;

/** Models have no scripts: there is no engine for any language. */
final class NoScripts implements ScriptEngineResolver {

  @Override
  public void addScriptEngineFactory(ScriptEngineFactory factory) {
    throw refusal(factory.getEngineName());
  }

  @Override
  public ScriptEngineManager getScriptEngineManager() {
    throw refusal("any language");
  }

  @Override
  public ScriptEngine getScriptEngine(String language, boolean resolveFromCache) {
    throw refusal(language);
  }

  private static ProcessEngineException refusal(String language) {
    return new ProcessEngineException(
        "scripts ("
            + language
            + ") are not allowed in models; use a service task with a delegate expression");
  }
}
