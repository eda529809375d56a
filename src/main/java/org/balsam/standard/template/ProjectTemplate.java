package org.balsam.standard.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Period;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.standard.gate.HardwareProfile;
import org.jspecify.annotations.Nullable;

/**
 * A kind of project that people can start from.
 *
 * @param id the folder's name, for example {@code statistical-production}
 * @param title for people
 * @param version semantic version of the template, for example {@code 1.0.0}
 * @param description what it is for, for people
 * @param useCase who takes it, for what, and for what not; for people
 * @param parameters what a new project may or must say
 * @param steps what a new project computes, in order
 * @param hardware the sizes of machine that its steps fit into
 * @param network the widest network class of its steps
 * @param roles the roles that somebody must hold before work can end
 * @param manuals what to read: files of the repository, or pages under {@code docs/}
 * @param policy the bounds within which projects may adapt settings
 * @param repository the files of the first commit
 * @param demo example data, which are no part of the repository
 */
public record ProjectTemplate(
    String id,
    String title,
    String version,
    String description,
    @JsonProperty("use-case") String useCase,
    List<Parameter> parameters,
    List<PlannedStep> steps,
    List<HardwareProfile> hardware,
    NetworkClass network,
    List<Role> roles,
    List<String> manuals,
    List<PolicyBound> policy,
    List<String> repository,
    List<DemoFile> demo) {

  public ProjectTemplate {
    parameters = copy(parameters);
    steps = copy(steps);
    hardware = copy(hardware);
    roles = copy(roles);
    manuals = copy(manuals);
    policy = copy(policy);
    repository = copy(repository);
    demo = copy(demo);
  }

  private static <T> List<T> copy(@Nullable List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  /**
   * A value that replaces {@code {{name}}} in the files of the first commit.
   *
   * @param otherwise the value when none is given; null when one must be given
   * @param schema a JSON Schema (2020-12) of the value
   */
  public record Parameter(
      String name,
      String description,
      @JsonProperty("default") @Nullable String otherwise,
      JsonNode schema) {}

  /**
   * A step of a new project.
   *
   * @param kind what runs it
   * @param image the image with its digest; null for the runtime of the machine
   */
  public record PlannedStep(String name, Kind kind, @Nullable String image) {}

  /**
   * A CSV file that is cut into monthly deliveries. One of {@code month} and {@code date} is given.
   *
   * @param dataset the dataset that the monthly deliveries belong to, {@code raw/ces}
   * @param file its path in the template's folder
   * @param month in a file with one row per month, the column with its first day, {@code
   *     2009-02-01}
   * @param date in a file with any number of rows per month, the column with the day
   */
  public record DemoFile(
      String dataset, String file, @Nullable String month, @Nullable String date) {

    SortedMap<Period, byte[]> deliveries(byte[] csv) {
      if ((month == null) == (date == null)) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT, file, "exactly one of the keys month, date is needed");
      }
      return month == null ? DemoData.byDate(csv, date) : DemoData.byMonth(csv, month);
    }
  }
}
