package org.balsam.process.engine;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.springframework.context.ApplicationContext;

/**
 * Expressions of models, and of nothing else. Those in queries are never created, wherever in the
 * query they hide (CVE-2026-109432: the engine looks for them at the top level only); those in
 * models see whitelisted beans and harmless values.
 */
final class GuardedExpressionManager extends JuelExpressionManager {

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final ApplicationContext beans;

  GuardedExpressionManager(ApplicationContext beans) {
    this.beans = beans;
  }

  @Override
  public Expression createExpression(String expression) {
    if (isForQuery()) {
      // the engine would wrap an exception of its own
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "query", "expressions are forbidden in queries and filters");
    }
    return super.createExpression(expression);
  }

  /** Parsing a model is allowed even when a query has caused it. */
  private static boolean isForQuery() {
    return STACK.walk(
        frames ->
            frames
                .map(StackWalker.StackFrame::getDeclaringClass)
                .filter(
                    type ->
                        AbstractQuery.class.isAssignableFrom(type)
                            || BpmnParse.class.isAssignableFrom(type))
                .findFirst()
                .filter(AbstractQuery.class::isAssignableFrom)
                .isPresent());
  }

  @Override
  protected ELResolver createElResolver() {
    var resolver = new CompositeELResolver();
    resolver.add(new VariableScopeElResolver());
    resolver.add(new VariableContextElResolver());
    resolver.add(new WhitelistedBeans(beans));
    resolver.add(new ArrayELResolver());
    resolver.add(new ListELResolver());
    resolver.add(new MapELResolver());
    resolver.add(new HarmlessMembers());
    return resolver;
  }
}
