package org.balsam.platform.forge.git;

import java.io.IOException;
import org.balsam.kernel.ExternalFailure;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;

/** The one place that turns trouble of repositories into {@link ExternalFailure}. */
public final class GitFailures {

  /** What failures call the forge. */
  public static final String SYSTEM = "forge";

  private GitFailures() {}

  /** Work on a repository. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Does the work; {@code doing} says what could not be done, for example "commit to lfs main". */
  public static <T> T mapped(String doing, Work<T> work) {
    try {
      return work.run();
    } catch (MissingObjectException | CorruptObjectException e) {
      throw new ExternalFailure(
          SYSTEM,
          false,
          "could not "
              + doing
              + ": the repository is damaged: "
              + e.getMessage()
              + "; restore it from its backup",
          e);
    } catch (IOException e) {
      throw new ExternalFailure(
          SYSTEM,
          true,
          "could not " + doing + ": " + e.getMessage() + "; check disk space and rights",
          e);
    }
  }
}
