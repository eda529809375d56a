package org.balsam.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.platform.compute.runner.StepRunner;

/**
 * The papermill of {@code target/python}, which {@code .ci/run} installs. Without it tests are
 * skipped with a line that says so, or fail when {@code BALSAM_IT_SERVERS=required}.
 */
public final class Papermill {

  private static final Path VENV = Path.of("target/python/bin").toAbsolutePath();

  /** Where steps find it, before the programs of the machine. */
  public static final String PATH = VENV + ":" + StepRunner.DEFAULT_PATH;

  private Papermill() {}

  public static void need() {
    need("papermill");
  }

  /** The same for another program there. */
  public static Path need(String program) {
    var found = VENV.resolve(program);
    if (Files.isExecutable(found)) {
      return found;
    }
    var missing = "there is no " + found + "; .ci/run installs it";
    if ("required".equals(System.getenv("BALSAM_IT_SERVERS"))) {
      fail(missing);
    }
    assumeTrue(false, "skipped: " + missing);
    return found;
  }

  /** A notebook for Python with these cells of code, never run. */
  public static String notebook(String... sources) {
    var root = new ObjectMapper().createObjectNode().put("nbformat", 4).put("nbformat_minor", 5);
    root.putObject("metadata")
        .putObject("kernelspec")
        .put("name", "python3")
        .put("display_name", "Python 3")
        .put("language", "python");
    var cells = root.putArray("cells");
    for (var source : sources) {
      var cell = cells.addObject().put("id", "cell" + cells.size()).put("cell_type", "code");
      cell.put("source", source).putNull("execution_count");
      cell.putObject("metadata");
      cell.putArray("outputs");
    }
    return root.toString();
  }
}
