package org.balsam.process.engine;

import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.joda.time.ReadableInstant;
import org.joda.time.ReadablePartial;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Properties and methods of values, executions, tasks and {@link ForExpressions} beans. Everything
 * else, above all classes, loaders, reflection and the engine's services, has no members here.
 */
final class HarmlessMembers extends BeanELResolver {

  private static final List<Class<?>> VALUES =
      List.of(
          CharSequence.class,
          Number.class,
          Boolean.class,
          Enum.class,
          Date.class,
          TemporalAccessor.class,
          TemporalAmount.class,
          ReadableInstant.class,
          ReadablePartial.class,
          Collection.class,
          Map.class,
          DelegateExecution.class,
          DelegateTask.class);
  private static final Set<String> FORBIDDEN =
      Set.of(
          "class",
          "getClass",
          "declaringClass",
          "getDeclaringClass",
          "wait",
          "notify",
          "notifyAll");

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    check(base, property);
    return super.getValue(context, base, property);
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    check(base, property);
    return super.getType(context, base, property);
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    if (base != null) {
      throw new ELException("expressions cannot change properties of " + base.getClass().getName());
    }
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    check(base, method);
    return super.invoke(context, base, method, types, arguments);
  }

  private static void check(Object base, Object member) {
    if (base == null) {
      return;
    }
    var type = base.getClass();
    var isKnown =
        VALUES.stream().anyMatch(value -> value.isInstance(base))
            || AnnotationUtils.findAnnotation(type, ForExpressions.class) != null;
    if (!isKnown || FORBIDDEN.contains(String.valueOf(member))) {
      throw new ELException(
          "'" + member + "' of " + type.getName() + " is not available in expressions");
    }
  }
}
