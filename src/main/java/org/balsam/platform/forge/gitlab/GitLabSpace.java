package org.balsam.platform.forge.gitlab;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Installation;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.forge.git.GitFailures;
import org.gitlab4j.api.models.Group;
import org.gitlab4j.api.models.Project;

/**
 * A group and a project in it for each of Balsam's projects: {@code <group>/lfs/lfs}. They are
 * found by their exact path and count only with the label of this installation, a topic of the
 * project and the last word of the group's description. People have at most the rights of
 * developers there, who can change neither.
 */
final class GitLabSpace {

  private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

  private final GitLabServer server;
  private final ForgeProperties.GitLab settings;
  private final String root;
  private final String label;
  private final Map<ProjectId, Known> known = new ConcurrentHashMap<>();

  GitLabSpace(GitLabServer server, ForgeProperties.GitLab settings, Installation installation) {
    this.server = server;
    this.settings = settings;
    this.root = settings.group();
    this.label = "balsam-" + installation.organisation() + "-" + installation.environment();
  }

  private record Known(Space space, long until) {}

  /**
   * Where a project's code is.
   *
   * @param id of GitLab's project
   * @param group of GitLab's group
   * @param uri for Git, made from the configured address and nothing that the server says
   */
  record Space(long id, long group, URI uri) {}

  /**
   * The project's space; what was true at most half a minute ago.
   *
   * @throws NotFound when there is none of this installation
   */
  Space require(ProjectId project) {
    var seen = known.get(project);
    if (seen != null && System.nanoTime() < seen.until()) {
      return seen.space();
    }
    var found =
        project(project)
            .filter(this::isOurs)
            .orElseThrow(() -> new NotFound("project " + project + " has no repository"));
    return remember(project, found);
  }

  void forget(ProjectId project) {
    known.remove(project);
  }

  private Space remember(ProjectId project, Project found) {
    var space =
        new Space(
            found.getId(),
            found.getNamespace().getId(),
            URI.create(server.url() + "/" + path(project) + ".git"));
    known.put(project, new Known(space, System.nanoTime() + KNOWN_FOR.toNanos()));
    return space;
  }

  /**
   * Makes group and project unless they are there.
   *
   * @throws Rejection ALREADY_EXISTS when one of the paths belongs to somebody else
   */
  Space ensure(ProjectId project) {
    var group = ensureGroup(project);
    var present = project(project);
    if (present.isEmpty()) {
      server.make(
          "make the project " + path(project),
          () ->
              server
                  .calls()
                  .createProject(group, project.value(), "The code of " + project, label));
      present = project(project);
    }
    return remember(
        project, present.filter(this::isOurs).orElseThrow(() -> taken("project", path(project))));
  }

  private long ensureGroup(ProjectId project) {
    var path = root + "/" + project;
    var present = group(path);
    if (present.isEmpty()) {
      var parent = group(root).orElseThrow(this::noRoot).getId();
      server.make(
          "make the group " + path,
          () -> server.calls().createGroup(parent, project.value(), "Made by Balsam: " + label));
      present = group(path);
    }
    return present.filter(this::isOurs).map(Group::getId).orElseThrow(() -> taken("group", path));
  }

  /** Removes project and group, the group only when it holds nothing else. */
  void remove(ProjectId project) {
    forget(project);
    var doing = "remove the project " + path(project);
    project(project)
        .filter(this::isOurs)
        .ifPresent(
            present -> {
              server.find(doing, () -> done(() -> server.calls().deleteProject(present)));
              marked(present.getId())
                  .ifPresent(
                      left ->
                          server.find(
                              doing, () -> done(() -> server.calls().deleteMarkedProject(left))));
            });
    removeGroup(root + "/" + project);
  }

  private void removeGroup(String path) {
    var doing = "remove the group " + path;
    group(path)
        .filter(this::isOurs)
        .filter(group -> server.of(doing, () -> server.calls().isEmpty(group.getId())))
        .ifPresent(
            group -> {
              server.find(doing, () -> done(() -> server.calls().deleteGroup(group)));
              group(path)
                  .filter(left -> left.getMarkedForDeletionOn() != null)
                  .ifPresent(
                      left ->
                          server.find(
                              doing, () -> done(() -> server.calls().deleteMarkedGroup(left))));
            });
  }

  private static boolean done(GitLabServer.Change change)
      throws org.gitlab4j.api.GitLabApiException {
    change.run();
    return true;
  }

  private Optional<Project> marked(long id) {
    return server
        .find("look up project " + id, () -> server.api().getProjectApi().getProject(id))
        .filter(left -> left.getMarkedForDeletionOn() != null);
  }

  /** GitLab ignores capitals, and answers an old path with the project that moved away from it. */
  private Optional<Project> project(ProjectId project) {
    return server
        .find(
            "look up the project " + path(project),
            () -> server.api().getProjectApi().getProject(path(project)))
        .filter(found -> path(project).equals(found.getPathWithNamespace()))
        .filter(found -> found.getMarkedForDeletionOn() == null);
  }

  private Optional<Group> group(String path) {
    return server
        .find("look up the group " + path, () -> server.calls().group(path))
        .filter(found -> path.equals(found.getFullPath()));
  }

  private boolean isOurs(Project project) {
    return project.getTopics() != null && project.getTopics().contains(label);
  }

  private boolean isOurs(Group group) {
    return group.getDescription() != null && group.getDescription().endsWith(": " + label);
  }

  private String path(ProjectId project) {
    return settings.path(project);
  }

  private Rejection taken(String what, String path) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "the %s %s at %s is taken, hidden from Balsam, or still being removed, and does not carry the label %s; remove it or choose another id"
            .formatted(what, path, server.url(), label));
  }

  private ExternalFailure noRoot() {
    return new ExternalFailure(
        GitFailures.SYSTEM,
        false,
        "there is no group '%s' at %s that Balsam's token can see; make it and give the token's account the role Owner in it (balsam.forge.gitlab.group)"
            .formatted(root, server.url()),
        null);
  }

  /**
   * The group below which everything is made.
   *
   * @throws ExternalFailure when the token cannot see it
   */
  Group requireRoot() {
    return group(root).orElseThrow(this::noRoot);
  }
}
