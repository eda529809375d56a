package org.balsam.api;

import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ShownText;
import org.balsam.usecase.project.ProjectSlug;
import org.balsam.usecase.project.RequestProject;
import org.jspecify.annotations.Nullable;

/**
 * A project to ask for. Without {@code branchName}, {@code id}, {@code purpose}, {@code template}
 * and {@code classification} are needed; with it, as clients of the BALSAM hub ask, an id derived
 * from the name, the description, the template {@code exploration} and {@code confidential} stand
 * in for them.
 *
 * @param name shown name, 3 to 100 characters
 * @param purpose what it is for, up to 2000 characters
 * @param description the hub's name for the purpose
 * @param template the id of a project template
 * @param templateParameters values of the template's parameters, without {@code project}
 * @param owner the id of the person who will be accountable; the caller unless said
 * @param branchName how the default branch is shown, which is called {@code main} in Git; one line
 *     of at most 100 characters
 * @param sourceLocation the folder of a knowledge library with whose files the project begins,
 *     besides those of its template: the address of the library's repository, {@code #} and the
 *     path
 */
record NewProject(
    @Nullable ProjectId id,
    @NotNull String name,
    @Nullable String purpose,
    @Nullable String description,
    @Nullable String template,
    @Nullable Map<String, String> templateParameters,
    @Nullable String owner,
    @Nullable Classification classification,
    @Nullable String branchName,
    @Nullable String sourceLocation) {

  private static final String TEMPLATE = "exploration";

  RequestProject.Command command(Actor actor) {
    check();
    var shownName = ShownText.line("name", name, 3, 100);
    return new RequestProject.Command(
        id == null ? ProjectSlug.ofAny(shownName) : id,
        id == null,
        shownName,
        shownPurpose(),
        Objects.requireNonNullElse(template, TEMPLATE),
        templateParameters == null ? Map.of() : templateParameters,
        owner == null ? actor.id() : owner,
        Objects.requireNonNullElse(classification, Classification.CONFIDENTIAL),
        Objects.requireNonNullElse(branchName, "main"),
        sourceLocation,
        actor);
  }

  private String shownPurpose() {
    if (purpose != null) {
      return purpose;
    }
    return description == null || description.isBlank()
        ? name
        : ShownText.check("description", description, 1, 2000);
  }

  private void check() {
    var problems = new ArrayList<Invalid.Problem>();
    if (branchName == null) {
      need(problems, "/id", id);
      need(problems, "/purpose", purpose);
      need(problems, "/template", template);
      need(problems, "/classification", classification);
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, List.copyOf(problems));
    }
  }

  private static void need(List<Invalid.Problem> problems, String where, @Nullable Object value) {
    if (value == null) {
      problems.add(new Invalid.Problem(where, "is needed"));
    }
  }
}
