package org.balsam.standard.promotion;

import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A training that was made again from its record.
 *
 * @param artefact the hash of the candidate's artefact
 * @param rerun the hash of the artefact that the rerun gave
 * @param largestDifference the largest difference between the metrics of the two on the test set
 *     ({@link ClassificationMetrics#largestDifference}); null when the rerun was not scored
 * @param gpu whether the training used a GPU, whose sums are not made in a fixed order
 */
public record Reproduction(
    Sha256 artefact, Sha256 rerun, @Nullable Double largestDifference, boolean gpu) {

  /** How far metrics may differ on a CPU. */
  public static final double CPU_TOLERANCE = 1e-6;

  /** How far metrics may differ on a GPU. */
  public static final double GPU_TOLERANCE = 2e-3;

  /** Whether the rerun gave the same bytes. */
  public boolean sameArtefact() {
    return artefact.equals(rerun);
  }

  /** How far the metrics may differ when the bytes do. */
  public double tolerance() {
    return gpu ? GPU_TOLERANCE : CPU_TOLERANCE;
  }
}
