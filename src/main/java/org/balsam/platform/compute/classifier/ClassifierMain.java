package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.nio.file.Path;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JavaStep;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobSpec;

/**
 * Trains or applies a classifier, in a process of its own, since native code reads the model. It
 * takes the variables from the specification, not from its environment, so that no variable can
 * change the Java machine.
 */
public final class ClassifierMain {

  private ClassifierMain() {}

  /**
   * Runs the step; exits with 0, or with 1 when an input is not allowed, which it says.
   *
   * @param arguments the specification's path; the current directory is the working folder
   */
  public static void main(String[] arguments) throws IOException {
    var spec = JobJson.readSpec(Path.of(arguments[0]));
    try {
      run(spec, Path.of("").toAbsolutePath());
    } catch (Invalid refused) {
      System.err.println(refused.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private static void run(JobSpec spec, Path work) throws IOException {
    var environment = new StepEnvironment(spec.environment());
    var command = spec.command();
    switch (JavaStep.named(command.file()).orElseThrow()) {
      case TRAIN_CLASSIFIER ->
          new TrainClassifier(environment, work, System.out::println).run(command.arguments());
      case SCORE_CLASSIFIER -> {
        if (!command.arguments().isEmpty()) {
          throw new Invalid(
              ErrorCode.INVALID_INPUT,
              command.file(),
              "takes no arguments: " + command.arguments());
        }
        new ScoreClassifier(environment, work).run();
      }
    }
  }
}
