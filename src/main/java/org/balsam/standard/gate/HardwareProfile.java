package org.balsam.standard.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.balsam.platform.compute.JobSpec;

/**
 * A size of machine that people ask for; an input of the decision table {@code resourceApproval}.
 */
public enum HardwareProfile {
  /** Up to 2 cores and 8 GiB. */
  SMALL(2, 8 << 10, 0),
  /** Up to 8 cores and 32 GiB. */
  MEDIUM(8, 32 << 10, 0),
  /** More than that, without a GPU. */
  LARGE(Integer.MAX_VALUE, Integer.MAX_VALUE, 0),
  /** Anything with a GPU. */
  GPU(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final int cores;
  private final int memoryMib;
  private final int gpus;

  HardwareProfile(int cores, int memoryMib, int gpus) {
    this.cores = cores;
    this.memoryMib = memoryMib;
    this.gpus = gpus;
  }

  /** The smallest profile that {@code resources} fit into. */
  public static HardwareProfile of(JobSpec.Resources resources) {
    return Arrays.stream(values())
        .filter(profile -> profile.holds(resources.cpu(), resources.memoryMib(), resources.gpu()))
        .findFirst()
        .orElse(GPU);
  }

  /** Whether so much is within it. */
  public boolean holds(int cpu, int mebibytes, int gpu) {
    return cpu <= cores && mebibytes <= memoryMib && gpu <= gpus;
  }

  /** Reads {@code small}, {@code medium}, {@code large}, {@code gpu}; else an {@code Invalid}. */
  @JsonCreator
  public static HardwareProfile parse(String value) {
    return Words.parse(HardwareProfile.class, "hardware profile", value);
  }

  /** The writing in templates, in the decision table and in JSON: {@code small}. */
  @JsonValue
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
