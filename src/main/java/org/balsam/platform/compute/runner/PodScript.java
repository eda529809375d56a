package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.platform.compute.JobSpec;

/** What runs a command in an image that has a shell and nothing of Balsam. */
public final class PodScript {

  /** The script's name in the job's folder. */
  public static final String FILE = "step.sh";

  static final String EXIT_CODE = "exit-code";

  /** There when the step ended before its command. */
  static final String ENDED = "ended";

  /** Ends with 0 whatever the command did, so that the next container can publish what is known. */
  private static final String TEXT =
      """
      # sh step.sh PROGRAM [ARGUMENT...]
      job=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 70
      [ -e "$job/%2$s" ] && exit 0
      cd "$job/work/%3$s" || exit 70
      HOME=$job/work/home TMPDIR=$job/work/tmp
      export HOME TMPDIR
      { "$@" 2>&1; echo $? >"$job/%1$s"; } | tee -a "$job/log.txt"
      """;

  private PodScript() {}

  static Path write(JobSpec spec, JobFolder folder) throws IOException {
    var directory = folder.work().relativize(folder.directory(spec)).toString();
    return Files.writeString(
        folder.root().resolve(FILE), TEXT.formatted(EXIT_CODE, ENDED, directory));
  }
}
