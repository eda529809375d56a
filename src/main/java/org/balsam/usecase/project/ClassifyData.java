package org.balsam.usecase.project;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the classification of the most sensitive data that come together in a project. */
@Component
public class ClassifyData {

  private final ProjectRepository projects;

  ClassifyData(ProjectRepository projects) {
    this.projects = projects;
  }

  /**
   * What comes together.
   *
   * @param sources the projects that data come from
   */
  public record Command(ProjectId project, Set<ProjectId> sources) {}

  /** The most sensitive classification. */
  public record Result(Classification classification) {}

  /**
   * Finds it.
   *
   * @throws Rejection WRONG_STATE when the project is not active
   */
  @Transactional(readOnly = true, noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var project = find(command.project);
    if (project.state() != ProjectState.ACTIVE) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "project %s is %s; only an active project explores"
              .formatted(command.project, project.state().value()));
    }
    return new Result(
        Stream.concat(Stream.of(command.project), command.sources.stream())
            .map(source -> find(source).classification())
            .max(Comparator.naturalOrder())
            .orElseThrow());
  }

  private ProjectEntity find(ProjectId id) {
    return projects.findById(id.value()).orElseThrow(() -> ProjectRepository.unknown(id));
  }
}
