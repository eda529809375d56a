package org.balsam.platform.forge.gitlab;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.Response.Status;
import java.time.LocalDate;
import java.util.List;
import org.gitlab4j.api.AbstractApi;
import org.gitlab4j.api.GitLabApi;
import org.gitlab4j.api.GitLabApiException;
import org.gitlab4j.api.GitLabApiForm;
import org.gitlab4j.api.models.Group;
import org.gitlab4j.api.models.Project;
import org.gitlab4j.api.models.ProjectAccessToken;
import org.gitlab4j.api.models.ProjectHook;
import org.jspecify.annotations.Nullable;

/** Calls that GitLab4J makes with other parameters than Balsam needs. */
final class GitLabCalls extends AbstractApi {

  private static final int REPORTER = 20;

  GitLabCalls(GitLabApi api) {
    super(api);
  }

  /** A group without the list of its projects. */
  Group group(String path) throws GitLabApiException {
    var query = new GitLabApiForm().withParam("with_projects", false);
    return get(Status.OK, query.asMap(), "groups", getGroupIdOrPath(path)).readEntity(Group.class);
  }

  void createGroup(long parent, String path, String description) throws GitLabApiException {
    var form =
        new GitLabApiForm()
            .withParam("name", path)
            .withParam("path", path)
            .withParam("parent_id", parent)
            .withParam("description", description)
            .withParam("visibility", "private")
            .withParam("project_creation_level", "maintainer")
            .withParam("subgroup_creation_level", "owner");
    post(Status.CREATED, form, "groups").close();
  }

  void createProject(long group, String path, String description, String topic)
      throws GitLabApiException {
    var form =
        new GitLabApiForm()
            .withParam("name", path)
            .withParam("path", path)
            .withParam("namespace_id", group)
            .withParam("description", description)
            .withParam("topics", List.of(topic))
            .withParam("visibility", "private")
            .withParam("default_branch", "main");
    post(Status.CREATED, form, "projects").close();
  }

  /** Deletes it at once where the server would only mark it. */
  void deleteProject(Project project) throws GitLabApiException {
    delete(Status.ACCEPTED, null, "projects", project.getId()).close();
  }

  void deleteMarkedProject(Project project) throws GitLabApiException {
    delete(
            Status.ACCEPTED,
            permanently(project.getPathWithNamespace()).asMap(),
            "projects",
            project.getId())
        .close();
  }

  void deleteGroup(Group group) throws GitLabApiException {
    delete(Status.ACCEPTED, null, "groups", group.getId()).close();
  }

  void deleteMarkedGroup(Group group) throws GitLabApiException {
    delete(Status.ACCEPTED, permanently(group.getFullPath()).asMap(), "groups", group.getId())
        .close();
  }

  private static GitLabApiForm permanently(String path) {
    return new GitLabApiForm().withParam("permanently_remove", true).withParam("full_path", path);
  }

  boolean isEmpty(long group) throws GitLabApiException {
    var query = new GitLabApiForm(1, 1);
    return get(Status.OK, query.asMap(), "groups", group, "projects")
        .readEntity(new GenericType<List<Project>>() {})
        .isEmpty();
  }

  /** A token that reads the repository and nothing else. */
  ProjectAccessToken createReader(long project, String name, LocalDate expires)
      throws GitLabApiException {
    var form =
        new GitLabApiForm()
            .withParam("name", name)
            .withParam("scopes", List.of("read_repository"))
            .withParam("access_level", REPORTER)
            .withParam("expires_at", expires.toString());
    return post(Status.CREATED, form, "projects", project, "access_tokens")
        .readEntity(ProjectAccessToken.class);
  }

  List<ProjectHook> hooks(long project, int page) throws GitLabApiException {
    return get(Status.OK, getPageQueryParams(page, GitLabServer.PAGE), "projects", project, "hooks")
        .readEntity(new GenericType<List<ProjectHook>>() {});
  }

  /**
   * Has the server tell an address of pushes, tags and merge requests.
   *
   * @param present the webhook that is changed; null makes one
   */
  void setHook(long project, @Nullable Long present, String url, String token)
      throws GitLabApiException {
    var form =
        new GitLabApiForm()
            .withParam("url", url)
            .withParam("token", token)
            .withParam("push_events", true)
            .withParam("tag_push_events", true)
            .withParam("merge_requests_events", true)
            .withParam("enable_ssl_verification", true);
    if (present == null) {
      post(Status.CREATED, form, "projects", project, "hooks").close();
    } else {
      put(Status.OK, form.asMap(), "projects", project, "hooks", present).close();
    }
  }

  List<ProjectAccessToken> activeTokens(long project, int page) throws GitLabApiException {
    var query = new GitLabApiForm(page, GitLabServer.PAGE).withParam("state", "active");
    return get(Status.OK, query.asMap(), "projects", project, "access_tokens")
        .readEntity(new GenericType<List<ProjectAccessToken>>() {});
  }
}
