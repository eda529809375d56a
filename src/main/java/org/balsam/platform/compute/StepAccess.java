package org.balsam.platform.compute;

import java.time.Duration;
import java.util.stream.Collectors;
import org.balsam.platform.storage.StorageGrant;
import org.balsam.platform.storage.StorageGrant.Place;

/** What a step's runner does with the storage: it reads the inputs and writes the outputs. */
public final class StepAccess {

  private StepAccess() {}

  /**
   * The grant for a runner.
   *
   * @param grace how long it may take beside the step's time limit, to fetch and to publish
   */
  public static StorageGrant of(JobSpec spec, Duration grace) {
    return new StorageGrant(
        spec.project(),
        spec.id().value(),
        spec.inputs().stream()
            .map(input -> new Place(input.bucket(), input.key()))
            .collect(Collectors.toSet()),
        spec.outputs().stream()
            .map(output -> new Place(output.bucket(), output.key()))
            .collect(Collectors.toSet()),
        spec.resources().timeLimit().plus(grace));
  }
}
