package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * Where the sets of a training are.
 *
 * @param train the folder of the training set
 * @param validation the folder of the validation set, if there is one
 */
record SetFolders(Path train, Optional<Path> validation) {

  /**
   * Finds the folders under {@code in/}: those named by the step's arguments, training set first;
   * without arguments those called {@code train} and {@code validation}, with or without a layer
   * ({@code std_train}).
   */
  static SetFolders in(Path work, List<String> arguments) throws IOException {
    var in = work.resolve("in");
    var inputs = folders(in);
    return arguments.isEmpty() ? byName(inputs) : byArgument(in, inputs, arguments);
  }

  private static SetFolders byArgument(Path in, List<Path> inputs, List<String> arguments) {
    if (arguments.size() > 2) {
      throw invalid(
          "train-classifier takes two arguments at most, the folders of training and validation"
              + " set, but got "
              + arguments);
    }
    for (var name : arguments) {
      if (!names(inputs).contains(name)) {
        throw invalid(
            "has no folder '" + name + "', which is an argument; it has " + names(inputs));
      }
    }
    var named = arguments.stream().map(in::resolve).toList();
    return new SetFolders(named.get(0), named.stream().skip(1).findFirst());
  }

  private static SetFolders byName(List<Path> inputs) {
    var train =
        called("train", inputs)
            .orElseThrow(
                () ->
                    invalid(
                        "has no folder train or <layer>_train; it has "
                            + names(inputs)
                            + "; declare the set as an input, or name the folders as arguments"));
    return new SetFolders(train, called("validation", inputs));
  }

  private static List<Path> folders(Path in) throws IOException {
    try (var entries = Files.list(in)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<String> names(List<Path> folders) {
    return folders.stream().map(folder -> folder.getFileName().toString()).toList();
  }

  private static Optional<Path> called(String name, List<Path> inputs) {
    var found =
        inputs.stream()
            .filter(
                folder -> {
                  var own = folder.getFileName().toString();
                  return own.equals(name) || own.endsWith("_" + name);
                })
            .toList();
    if (found.size() > 1) {
      throw invalid(
          "has " + names(found) + ", all called " + name + "; name the folders as arguments");
    }
    return found.stream().findFirst();
  }

  private static Invalid invalid(String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, "in", message);
  }
}
