package org.balsam.standard.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of project that people can start from.
 *
 * @param id the folder's name, for example {@code statistical-production}
 * @param title for people
 * @param version semantic version of the template, for example {@code 1.0.0}
 * @param description what it is for, for people
 * @param parameters what a new project may or must say
 * @param repository the files of the first commit
 * @param demo example data, which are no part of the repository
 */
public record ProjectTemplate(
    String id,
    String title,
    String version,
    String description,
    List<Parameter> parameters,
    List<String> repository,
    List<DemoFile> demo) {

  public ProjectTemplate {
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
    repository = repository == null ? List.of() : List.copyOf(repository);
    demo = demo == null ? List.of() : List.copyOf(demo);
  }

  /**
   * A value that replaces {@code {{name}}} in the files of the first commit.
   *
   * @param otherwise the value when none is given; null when one must be given
   */
  public record Parameter(
      String name, String description, @JsonProperty("default") @Nullable String otherwise) {}

  /**
   * A CSV file with one row per month.
   *
   * @param dataset the dataset that the monthly deliveries belong to, {@code raw/ces}
   * @param file its path in the template's folder
   * @param month the column with the first day of the month, {@code 2009-02-01}
   */
  public record DemoFile(String dataset, String file, String month) {}
}
