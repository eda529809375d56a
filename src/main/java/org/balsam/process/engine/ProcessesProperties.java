package org.balsam.process.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the models come from.
 *
 * @param location a folder whose models ({@code .bpmn}, {@code .dmn}) and forms ({@code .form}) are
 *     laid over the packaged ones: a file with the same relative path replaces it, others are added
 */
@ConfigurationProperties("balsam.processes")
record ProcessesProperties(@Nullable Path location) {

  ProcessesProperties {
    if (location != null && !location.toFile().isDirectory()) {
      throw new IllegalArgumentException(
          "balsam.processes.location is " + location.toAbsolutePath() + ", which is no folder");
    }
  }
}
