/** Shows on an MLflow server what Balsam decided about models. */
@NullMarked
package org.balsam.platform.registry.mlflow;

import org.jspecify.annotations.NullMarked;
