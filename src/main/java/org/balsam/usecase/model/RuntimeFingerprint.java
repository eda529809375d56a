package org.balsam.usecase.model;

import org.balsam.platform.compute.JobSpec;

/** What the machine that steps run on is, as far as it can change their results. */
final class RuntimeFingerprint {

  private RuntimeFingerprint() {}

  /** {@code java 17.0.12+7; Linux 6.1 amd64; balsam 0.1.0}. */
  static String ofThisMachine() {
    var version = JobSpec.class.getPackage().getImplementationVersion();
    return "java %s; %s %s %s; balsam %s"
        .formatted(
            System.getProperty("java.runtime.version"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            version == null ? "unreleased" : version);
  }
}
