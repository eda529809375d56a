package org.balsam.api;

import java.util.Arrays;
import java.util.Locale;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec.NetworkClass;

/** Network classes as requests name them. */
final class Networks {

  private Networks() {}

  static NetworkClass of(String word) {
    return Arrays.stream(NetworkClass.values())
        .filter(network -> network.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT, "/network", "is one of offline, internal, internet"));
  }
}
