package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.client.ApiClient;
import hub.client.ApiException;
import hub.client.api.ProjectApi;
import hub.client.api.WorkspaceApi;
import hub.client.model.Branch;
import hub.client.model.CreateBranchRequest;
import hub.client.model.CreateProjectRequest;
import hub.client.model.CreateWorkspaceRequest;
import hub.client.model.Project;
import hub.client.model.RepoFile;
import hub.client.model.Workspace;
import java.net.http.HttpRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A client that openapi-generator made from the description of the BALSAM hub, unchanged. */
class HubClientTest extends ApiTestBase {

  private ApiClient client(String person) {
    return new ApiClient()
        .setScheme("http")
        .setHost("127.0.0.1")
        .setPort(port)
        .setBasePath("/api/v1")
        .setRequestInterceptor(request -> signIn(request, person));
  }

  private static void signIn(HttpRequest.Builder request, String person) {
    request.header("Authorization", ApiFixture.basic(person, ApiFixture.password(person)));
  }

  private static void assertRefused(ThrowingCallable request, int status) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.getCode()).as(refused.getResponseBody()).isEqualTo(status);
              assertThat(refused.getResponseBody()).contains("\"status\":" + status);
            });
  }

  @Test
  void aProjectABranchAndAWorkspaceAreMadeListedAndRemoved() throws ApiException {
    var projects = new ProjectApi(client(OUTSIDER));
    var workspaces = new WorkspaceApi(client(OUTSIDER));
    var id =
        projects
            .createProject(
                new CreateProjectRequest()
                    .name("Klienters näringsgren")
                    .description("Prov")
                    .branchName("Huvudgren"))
            .getId();
    approve(id, OUTSIDER);
    assertThat(projects.listProjects(false).getProjects()).extracting(Project::getId).contains(id);
    var project = projects.getProject(id);
    assertThat(project.getDescription()).isEqualTo("Prov");
    assertThat(project.getBranches())
        .singleElement()
        .satisfies(
            branch -> {
              assertThat(branch.getName()).isEqualTo("Huvudgren");
              assertThat(branch.getIsDefault()).isTrue();
            });

    var branch = makeBranch(projects, id);
    makeAndEndWorkspace(projects, workspaces, id, branch);
    projects.deleteBranch(id, branch);
    assertThat(projects.getProject(id).getBranches()).hasSize(1);
    assertRefused(() -> projects.getFiles(id, branch), 404);
    assertRefused(() -> projects.deleteProject(id), 409);
    assertRefused(() -> new ProjectApi(client("owner")).getProject(id), 404);
  }

  private static String makeBranch(ProjectApi projects, String project) throws ApiException {
    var branch =
        projects.createBranch(
            project, new CreateBranchRequest().name("Försök 1").fromBranch("Huvudgren"));
    assertThat(branch.getProjectId()).isEqualTo(project);
    assertThat(projects.getProject(project).getBranches())
        .extracting(Branch::getName)
        .containsExactly("Huvudgren", "Försök 1");
    var files = projects.getFiles(project, branch.getId());
    assertThat(files)
        .filteredOn(file -> file.getPath().equals("balsam.yaml"))
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.getType()).isEqualTo(RepoFile.TypeEnum.FILE);
              assertThat(file.getContentUrl()).startsWith("http://127.0.0.1:");
            });
    assertRefused(() -> projects.getFile(project, branch.getId(), "no-such-file"), 404);
    return branch.getId();
  }

  private static void makeAndEndWorkspace(
      ProjectApi projects, WorkspaceApi workspaces, String project, String branch)
      throws ApiException {
    var made =
        workspaces.createWorkspace(
            new CreateWorkspaceRequest()
                .name("Min arbetsyta")
                .templateId(workspaces.listTemplates().get(0).getId())
                .projectId(project)
                .branchId(branch));
    assertThat(workspaces.listWorkspaces(project, branch, false))
        .singleElement()
        .satisfies(
            workspace -> {
              assertThat(workspace.getId()).isEqualTo(made.getId());
              assertThat(workspace.getOwner()).isEqualTo(OUTSIDER);
              assertThat(workspace.getUrl()).startsWith("http");
            });
    assertRefused(() -> projects.deleteBranch(project, branch), 409);
    await(() -> ends(workspaces, made.getId(), project, branch));
    await(() -> isGone(workspaces, made.getId(), project, branch));
  }

  /** It can be ended as soon as it was made. */
  private static boolean ends(
      WorkspaceApi workspaces, String workspace, String project, String branch) {
    try {
      workspaces.deleteWorkspace(project, branch, workspace);
      return true;
    } catch (ApiException refused) {
      assertThat(refused.getCode()).as(refused.getResponseBody()).isEqualTo(409);
      return false;
    }
  }

  private static boolean isGone(
      WorkspaceApi workspaces, String workspace, String project, String branch) {
    try {
      return workspaces.listWorkspaces(project, branch, true).stream()
          .map(Workspace::getId)
          .noneMatch(workspace::equals);
    } catch (ApiException refused) {
      throw new AssertionError(refused);
    }
  }
}
