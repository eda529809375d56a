package org.balsam.process.engine;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotWritableException;
import org.springframework.context.ApplicationContext;

/** Resolves the names of delegates, listeners, and beans marked {@link ForExpressions}. */
final class WhitelistedBeans extends ELResolver {

  private final ApplicationContext beans;
  private final Set<String> visible = ConcurrentHashMap.newKeySet();

  WhitelistedBeans(ApplicationContext beans) {
    this.beans = beans;
  }

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (base == null && property instanceof String name && isVisible(name)) {
      context.setPropertyResolved(true);
      return beans.getBean(name);
    }
    return null;
  }

  /** What a name stands for stays as it was at the start; only beans are remembered. */
  private boolean isVisible(String name) {
    if (visible.contains(name)) {
      return true;
    }
    var isBean = isWhitelisted(name);
    if (isBean) {
      visible.add(name);
    }
    return isBean;
  }

  private boolean isWhitelisted(String name) {
    if (!beans.containsBean(name)) {
      return false;
    }
    return (name.endsWith("Delegate") && beans.isTypeMatch(name, JavaDelegate.class))
        || (name.endsWith("Listener")
            && (beans.isTypeMatch(name, ExecutionListener.class)
                || beans.isTypeMatch(name, TaskListener.class)))
        || beans.findAnnotationOnBean(name, ForExpressions.class) != null;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return Object.class;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    if (base == null && property instanceof String name && isVisible(name)) {
      throw new PropertyNotWritableException("the bean '" + name + "' cannot be replaced");
    }
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }
}
