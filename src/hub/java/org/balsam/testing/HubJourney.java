package org.balsam.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.client.ApiClient;
import hub.client.ApiException;
import hub.client.api.KnowledgeLibraryApi;
import hub.client.api.ProjectApi;
import hub.client.api.WorkspaceApi;
import hub.client.model.Branch;
import hub.client.model.CreateBranchRequest;
import hub.client.model.CreateProjectRequest;
import hub.client.model.CreateWorkspaceRequest;
import hub.client.model.KnowledgeLibrary;
import hub.client.model.Project;
import hub.client.model.RepoFile;
import hub.client.model.Workspace;
import hub.client.model.Template;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What people do with the BALSAM hub, by a client that openapi-generator made from its description,
 * unchanged.
 */
public final class HubJourney {

  /**
   * The files of the library that the journey copies from. The generated client reads the answer of
   * GetFile as JSON, whatever its type, because the description calls it a string.
   */
  public static final Map<String, GitServer.Entry> LIBRARY =
      Map.of("Resources/sampling/title.json", GitServer.Entry.file("\"Simple random sampling\""));

  private static final String LIBRARY_ID = "methods";

  private final URI base;
  private final UnaryOperator<String> authorization;
  private final String owner;
  private final String outsider;
  private final ProjectApi projects;
  private final WorkspaceApi workspaces;
  private final RoundClient tasks;

  /**
   * A journey on a running Balsam with the library {@code methods}.
   *
   * @param authorization the header of a person, by id
   * @param owner who makes the project
   * @param outsider who is no member of it
   */
  public HubJourney(
      URI base, UnaryOperator<String> authorization, String owner, String outsider) {
    this.base = base;
    this.authorization = authorization;
    this.owner = owner;
    this.outsider = outsider;
    projects = new ProjectApi(client(owner));
    workspaces = new WorkspaceApi(client(owner));
    tasks = new RoundClient(new Api(base, authorization));
  }

  private ApiClient client(String person) {
    return new ApiClient()
        .setScheme(base.getScheme())
        .setHost(base.getHost())
        .setPort(base.getPort())
        .setBasePath("/api/v1")
        .setRequestInterceptor(
            request -> request.header("Authorization", authorization.apply(person)));
  }

  /**
   * Makes a project, branch and workspace, copies from the library, and removes workspace and
   * branch.
   *
   * @param admin who approves projects
   */
  public void run(String admin) throws ApiException {
    var id = project(admin);
    var branch = branch(id);
    copy(id, branch);
    workspace(id, branch);
    projects.deleteBranch(id, branch);
    assertThat(projects.getProject(id).getBranches()).hasSize(1);
    assertRefused(() -> projects.getFiles(id, branch), 404);
    assertRefused(() -> new ProjectApi(client(outsider)).getProject(id), 404);
  }

  private String project(String admin) throws ApiException {
    var request =
        new CreateProjectRequest()
            .name("Klienters näringsgren")
            .description("Prov")
            .branchName("Huvudgren");
    var id = projects.createProject(request).getId();
    RoundClient.await(() -> tasks.isOpen(admin, id, "userTask_approveProject"));
    tasks.complete(admin, id, "userTask_approveProject", Map.of("approvalDecision", "approve"));
    RoundClient.await(() -> isReady(id));
    assertThat(projects.listProjects(false).getProjects()).extracting(Project::getId).contains(id);
    assertThat(projects.getProject(id).getDescription()).isEqualTo("Prov");
    return id;
  }

  private boolean isReady(String id) {
    try {
      return projects.getProject(id).getBranches().stream()
          .anyMatch(one -> one.getIsDefault() && one.getName().equals("Huvudgren"));
    } catch (ApiException refused) {
      throw new AssertionError(refused);
    }
  }

  private String branch(String project) throws ApiException {
    var request = new CreateBranchRequest().name("Försök 1").fromBranch("Huvudgren");
    var branch = projects.createBranch(project, request);
    assertThat(branch.getProjectId()).isEqualTo(project);
    assertThat(projects.getProject(project).getBranches())
        .extracting(Branch::getName)
        .containsExactly("Huvudgren", "Försök 1");
    assertThat(projects.getFiles(project, branch.getId()))
        .filteredOn(file -> file.getPath().equals("balsam.yaml"))
        .singleElement()
        .satisfies(file -> assertThat(file.getType()).isEqualTo(RepoFile.TypeEnum.FILE))
        .satisfies(file -> assertThat(file.getContentUrl()).startsWith(base.toString()));
    assertRefused(() -> projects.getFile(project, branch.getId(), "no-such-file"), 404);
    return branch.getId();
  }

  private void copy(String project, String branch) throws ApiException {
    var libraries = new KnowledgeLibraryApi(client(owner));
    RoundClient.await(() -> isFetched(libraries));
    assertThat(libraries.listKnowledgeLibaries())
        .extracting(KnowledgeLibrary::getId)
        .contains(LIBRARY_ID);
    var item =
        libraries.listKnowledgeLibraryFiles(LIBRARY_ID).stream()
            .filter(file -> file.getPath().equals("Resources/sampling/title.json"))
            .findFirst()
            .orElseThrow();
    projects.copyFromKnowleadgeLibrary(project, branch, LIBRARY_ID, item.getId());
    var copied =
        projects.getFiles(project, branch).stream()
            .filter(file -> file.getPath().equals("title.json"))
            .findFirst()
            .orElseThrow();
    assertThat(projects.getFile(project, branch, copied.getId()))
        .isEqualTo("Simple random sampling");
  }

  private static boolean isFetched(KnowledgeLibraryApi libraries) {
    try {
      return !libraries.listKnowledgeLibraryFiles(LIBRARY_ID).isEmpty();
    } catch (ApiException refused) {
      throw new AssertionError(refused);
    }
  }

  private void workspace(String project, String branch) throws ApiException {
    var request =
        new CreateWorkspaceRequest()
            .name("Min arbetsyta")
            .templateId(smallest())
            .projectId(project)
            .branchId(branch);
    var made = workspaces.createWorkspace(request).getId();
    assertThat(workspaces.listWorkspaces(project, branch, false))
        .singleElement()
        .satisfies(workspace -> assertThat(workspace.getId()).isEqualTo(made))
        .satisfies(workspace -> assertThat(workspace.getOwner()).isEqualTo(owner))
        .satisfies(workspace -> assertThat(workspace.getUrl()).startsWith("http"));
    assertRefused(() -> projects.deleteBranch(project, branch), 409);
    RoundClient.await(() -> ends(made, project, branch));
    RoundClient.await(() -> isGone(made, project, branch));
  }

  /** One that nobody has to approve. */
  private String smallest() throws ApiException {
    return workspaces.listTemplates().stream()
        .map(Template::getId)
        .filter("jupyter-small"::equals)
        .findFirst()
        .orElseThrow();
  }

  /** It can be ended as soon as it was made. */
  private boolean ends(String workspace, String project, String branch) {
    try {
      workspaces.deleteWorkspace(project, branch, workspace);
      return true;
    } catch (ApiException refused) {
      assertThat(refused.getCode()).as(refused.getResponseBody()).isEqualTo(409);
      return false;
    }
  }

  private boolean isGone(String workspace, String project, String branch) {
    try {
      return workspaces.listWorkspaces(project, branch, true).stream()
          .map(Workspace::getId)
          .noneMatch(workspace::equals);
    } catch (ApiException refused) {
      throw new AssertionError(refused);
    }
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
}
