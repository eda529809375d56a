package org.balsam.standard.template;

import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.ProjectId;

/** A dataset of the project that the file belongs to, written {@code std/months}. */
public record DatasetRef(Layer layer, String name) {

  static DatasetRef parse(String value) {
    var slash = value.indexOf('/');
    return new DatasetRef(Layer.parse(value.substring(0, slash)), value.substring(slash + 1));
  }

  /** The dataset as a dataset of {@code project}. */
  public DatasetId of(ProjectId project) {
    return new DatasetId(project, layer, name);
  }

  /** The folder under {@code in/} in which a step finds the dataset: {@code std_months}. */
  public String folder() {
    return layer.value() + "_" + name;
  }

  /** The written form, {@code std/months}. */
  public String value() {
    return layer.value() + "/" + name;
  }

  @Override
  public String toString() {
    return value();
  }
}
