package org.balsam.standard.step;

import java.util.List;
import org.balsam.kernel.Period;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.storage.Manifest;
import org.balsam.standard.template.ProjectFile;

/** Where pinned objects appear in a step's working folder. */
public final class StepInputs {

  private StepInputs() {}

  /** The objects of one frozen input of the project file, in the folder of its name. */
  public static List<JobSpec.Input> frozen(ProjectFile file, String name, Manifest inputs) {
    return frozen(file, name, name, inputs);
  }

  /** The same in another folder under {@code in/}. */
  public static List<JobSpec.Input> frozen(
      ProjectFile file, String name, String folder, Manifest inputs) {
    var monthly = file.isMonthly(name);
    return inputs.of(name).stream()
        .map(
            entry ->
                new JobSpec.Input(
                    "in/" + folder + "/" + (monthly ? period(entry) + "-" : "") + entry.fileName(),
                    entry.bucket(),
                    entry.key(),
                    entry.versionId(),
                    entry.size(),
                    entry.sha256()))
        .toList();
  }

  /** The period that an object is about, which is how its key starts. */
  public static Period period(Manifest.Entry entry) {
    return new Period(entry.key().substring(0, entry.key().indexOf('/')));
  }

  /** An output of an earlier step, in a folder under {@code in/}. */
  public static JobSpec.Input computed(String folder, StepOutput output) {
    return at("in/" + folder + "/" + output.file(), output);
  }

  /** An output of an earlier step at a path. */
  public static JobSpec.Input at(String path, StepOutput output) {
    return new JobSpec.Input(
        path, output.bucket(), output.key(), output.versionId(), output.size(), output.sha256());
  }
}
