package org.balsam.platform.database;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** True unless another type than the embedded database is configured; starting it is costly. */
final class EmbeddedDatabaseChosen implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return "embedded"
        .equalsIgnoreCase(context.getEnvironment().getProperty("balsam.database.type", "embedded"));
  }
}
