package org.balsam.usecase.lab;

import org.balsam.kernel.ProjectId;

/**
 * A branch that people work on.
 *
 * @param id part of addresses: {@code main}, {@code rattning-2026}
 * @param name as people gave it
 * @param description empty when there is none
 * @param gitBranch its name in Git
 */
public record BranchView(
    ProjectId project,
    String id,
    String name,
    String description,
    boolean isDefault,
    String gitBranch) {

  static BranchView main(ProjectId project) {
    return new BranchView(project, BranchNames.MAIN, BranchNames.MAIN, "", true, BranchNames.MAIN);
  }
}
