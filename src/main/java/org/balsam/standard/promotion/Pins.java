package org.balsam.standard.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What a training is pinned to; null is not pinned.
 *
 * @param commit the commit of the code
 * @param runtime the image with its digest, or the fingerprint of the runtime
 * @param training the training set
 * @param validation the validation set
 * @param test the test set
 * @param seed the seed of everything random
 * @param parameters the parameters of the training; empty when it has none
 * @param labelSource where the true classes come from
 * @param methodVersion the version of the method
 */
public record Pins(
    @Nullable String commit,
    @Nullable String runtime,
    @Nullable PinnedSet training,
    @Nullable PinnedSet validation,
    @Nullable PinnedSet test,
    @Nullable Long seed,
    @Nullable Map<String, String> parameters,
    @Nullable String labelSource,
    @Nullable String methodVersion) {

  /**
   * A frozen set.
   *
   * @param version the dataset version, for example {@code strikes/std/train@1998-r0.1}
   * @param sha256 the checksum of its file
   */
  public record PinnedSet(String version, Sha256 sha256) {
    @Override
    public String toString() {
      return version + " (sha256 " + sha256 + ")";
    }
  }

  /** The names of what is not pinned, in words; empty when everything is. */
  public List<String> missing() {
    var missing = new ArrayList<String>();
    add(missing, commit, "code commit");
    add(missing, runtime, "image digest or runtime fingerprint");
    add(missing, training, "training set");
    add(missing, validation, "validation set");
    add(missing, test, "test set");
    add(missing, seed, "seed");
    add(missing, parameters, "parameters");
    add(missing, labelSource, "label source");
    add(missing, methodVersion, "method version");
    return missing;
  }

  private static void add(List<String> missing, @Nullable Object pin, String name) {
    if (pin == null || pin instanceof String text && text.isBlank()) {
      missing.add(name);
    }
  }
}
