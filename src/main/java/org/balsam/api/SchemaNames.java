package org.balsam.api;

import io.swagger.v3.core.jackson.TypeNameResolver;

/**
 * Names the parts of a view after it, {@code RoundRun} and {@code TrainingRun}: schemas of one name
 * would overwrite each other.
 */
final class SchemaNames extends TypeNameResolver {

  private static final String VIEW = "View";

  @Override
  protected String getNameOfClass(Class<?> type) {
    var view = type.getEnclosingClass();
    var name = super.getNameOfClass(type);
    return view != null && view.getSimpleName().endsWith(VIEW)
        ? view.getSimpleName().substring(0, view.getSimpleName().length() - VIEW.length()) + name
        : name;
  }
}
