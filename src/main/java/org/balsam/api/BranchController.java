package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.lab.Branches;
import org.balsam.usecase.lab.CreateBranch;
import org.balsam.usecase.lab.DeleteBranch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The branches that people of a project work on, and their files. */
@RestController
@Tag(name = "branches")
@RequestMapping("/api/v1/projects/{project}/branches")
class BranchController {

  private final Branches branches;
  private final CreateBranch create;
  private final DeleteBranch delete;
  private final HubProjects hub;

  BranchController(Branches branches, CreateBranch create, DeleteBranch delete, HubProjects hub) {
    this.branches = branches;
    this.create = create;
    this.delete = delete;
    this.hub = hub;
  }

  /**
   * A branch to make.
   *
   * @param name one line of at most 100 characters
   * @param description at most 2000 characters
   * @param fromBranch the id of the branch that it begins at, or the name of the default branch,
   *     which it begins at when this is left out
   */
  record NewBranch(
      @NotNull String name, @Nullable String description, @Nullable String fromBranch) {}

  /**
   * A branch that was made.
   *
   * @param gitBranch its name in Git
   */
  record MadeBranch(String id, ProjectId projectId, String name, String gitBranch) {}

  /** What an entry of a branch is. */
  enum FileType {
    File,
    Folder
  }

  /**
   * A file or folder of a branch.
   *
   * @param id part of its address
   * @param path relative to the repository
   * @param contentUrl where a file is read; null for a folder
   */
  record RepoFile(
      String id, String path, String name, FileType type, @Nullable String contentUrl) {}

  @Operation(
      operationId = "CreateBranch",
      summary = "Make a branch to work on: in Git, and a folder in the bucket work")
  @PostMapping
  MadeBranch createBranch(@PathVariable ProjectId project, @Valid @RequestBody NewBranch body) {
    var defaultName = hub.requireActive(project, actor()).branchName();
    var made =
        create
            .handle(
                new CreateBranch.Command(
                    project,
                    body.name(),
                    Objects.requireNonNullElse(body.description(), ""),
                    from(body, defaultName),
                    defaultName,
                    actor()))
            .branch();
    return new MadeBranch(made.id(), project, made.name(), made.gitBranch());
  }

  @Operation(operationId = "DeleteBranch", summary = "Remove a branch with its folder")
  @DeleteMapping("/{branch}")
  void deleteBranch(@PathVariable ProjectId project, @PathVariable String branch) {
    delete.handle(new DeleteBranch.Command(project, branch, actor()));
  }

  @Operation(operationId = "GetFiles", summary = "The files and folders of a branch, by path")
  @GetMapping("/{branch}/files")
  List<RepoFile> getFiles(@PathVariable ProjectId project, @PathVariable String branch) {
    var files = branches.files(project, branch, actor());
    var here =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path("/api/v1/projects/{project}/branches/{branch}/files/")
            .build(project.value(), branch)
            .toString();
    return files.stream().map(entry -> file(entry, here)).toList();
  }

  @Operation(operationId = "GetFile", summary = "The bytes of a file of a branch")
  @GetMapping("/{branch}/files/{fileId}")
  ResponseEntity<byte[]> getFile(
      @PathVariable ProjectId project, @PathVariable String branch, @PathVariable String fileId) {
    var path = path(fileId);
    var content = branches.read(project, branch, path, actor());
    return Attachment.of(name(path), content);
  }

  private static String from(NewBranch body, String defaultName) {
    var from = body.fromBranch();
    return from == null || from.isBlank() || from.equals(defaultName) ? "main" : from;
  }

  private static RepoFile file(Branches.Entry entry, String here) {
    var id =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(entry.path().getBytes(StandardCharsets.UTF_8));
    return new RepoFile(
        id,
        entry.path(),
        name(entry.path()),
        entry.isFolder() ? FileType.Folder : FileType.File,
        entry.isFolder() ? null : here + id);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String path(String fileId) {
    try {
      return new String(Base64.getUrlDecoder().decode(fileId), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new NotFound("the branch has no such file");
    }
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
