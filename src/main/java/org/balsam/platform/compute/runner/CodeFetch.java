package org.balsam.platform.compute.runner;

import java.net.URI;
import java.nio.file.Path;

/** Fetches the files of one commit. */
@FunctionalInterface
public interface CodeFetch {

  /**
   * Places the commit's files in {@code target}, which is an empty folder.
   *
   * @param commit 40 hexadecimal digits
   * @throws org.balsam.kernel.BalsamException when the repository or the commit cannot be read
   */
  void fetch(URI repository, String commit, Path target);
}
