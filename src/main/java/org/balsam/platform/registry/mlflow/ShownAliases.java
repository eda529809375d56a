package org.balsam.platform.registry.mlflow;

import org.balsam.kernel.ModelVersionId;
import org.jspecify.annotations.Nullable;

/** Which versions of a model have the aliases {@code champion} and {@code candidate}. */
record ShownAliases(@Nullable ModelVersionId champion, @Nullable ModelVersionId candidate) {

  static final ShownAliases NONE = new ShownAliases(null, null);
}
