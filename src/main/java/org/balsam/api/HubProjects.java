package org.balsam.api;

import java.util.List;
import java.util.Map;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.usecase.lab.BranchView;
import org.balsam.usecase.lab.Branches;
import org.balsam.usecase.project.ProjectMembers;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.ProjectView;
import org.balsam.usecase.project.Projects;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What the boxes of projects and of branches know together. */
@Component
class HubProjects {

  private final Projects projects;
  private final ProjectMembers members;
  private final Branches branches;
  private final Installation installation;

  HubProjects(
      Projects projects, ProjectMembers members, Branches branches, Installation installation) {
    this.projects = projects;
    this.members = members;
    this.branches = branches;
    this.installation = installation;
  }

  /**
   * Each with its branches, by one query for all; without the names of the owners and the addresses
   * of the repositories.
   */
  List<HubProject> of(List<ProjectView> projects) {
    return of(projects, Map.of());
  }

  /** The same with the names of the owners, by one question for all. */
  List<HubProject> withOwners(List<ProjectView> projects) {
    return of(projects, members.namesOf(projects.stream().map(ProjectView::owner).toList()));
  }

  private List<HubProject> of(List<ProjectView> projects, Map<String, String> names) {
    var active = projects.stream().filter(HubProjects::isActive).map(ProjectView::id).toList();
    var found = branches.of(active);
    return projects.stream()
        .map(
            project ->
                HubProject.of(
                    project,
                    names.get(project.owner()),
                    installation,
                    found.getOrDefault(project.id(), List.<BranchView>of()),
                    null))
        .toList();
  }

  /** One, with the name of its owner and the address of its repository. */
  HubProject of(ProjectView project, Actor actor) {
    var known = isActive(project) && actor.isMemberOf(project.id());
    var url =
        known
            ? branches.cloneUrl(project.id(), actor).map(HubProjects::address).orElse(null)
            : null;
    var made = isActive(project) ? List.of(project.id()) : List.<ProjectId>of();
    return HubProject.of(
        project,
        members.namesOf(List.of(project.owner())).get(project.owner()),
        installation,
        branches.of(made).getOrDefault(project.id(), List.<BranchView>of()),
        url);
  }

  private static String address(String url) {
    return url.startsWith("/")
        ? ServletUriComponentsBuilder.fromCurrentContextPath().path(url).toUriString()
        : url;
  }

  /**
   * Keeps people from making things in a project that may yet be taken back, which could not be
   * removed then.
   *
   * @return the project
   * @throws Rejection WRONG_STATE unless it is active
   */
  ProjectView requireActive(ProjectId id, Actor actor) {
    var project = projects.get(id, actor);
    if (!isActive(project)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the project %s is %s; this is possible while it is active"
              .formatted(id, project.state().value()));
    }
    return project;
  }

  private static boolean isActive(ProjectView project) {
    return project.state() == ProjectState.ACTIVE;
  }
}
