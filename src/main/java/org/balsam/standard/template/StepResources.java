package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.balsam.platform.compute.JobSpec;

/** Reads the resources of a step, with their defaults. */
final class StepResources {

  private static final long MEBIBYTE = 1024L * 1024;

  private StepResources() {}

  static JobSpec.Resources read(JsonNode resources) {
    return new JobSpec.Resources(
        resources.path("cpu").asInt(1),
        Math.toIntExact(mebibytes(resources.path("memory").asText("512Mi"))),
        resources.path("gpu").asInt(0),
        Duration.parse(resources.path("time").asText("PT5M")),
        mebibytes(resources.path("output").asText("100Mi")) * MEBIBYTE);
  }

  private static long mebibytes(String quantity) {
    var number = Long.parseLong(quantity.substring(0, quantity.length() - 2));
    return quantity.endsWith("Gi") ? number * 1024 : number;
  }
}
