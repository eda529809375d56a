package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.api.BranchController.FileType;
import org.balsam.api.BranchController.RepoFile;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.lab.Branches;
import org.balsam.usecase.library.CopyItem;
import org.balsam.usecase.library.ItemView;
import org.balsam.usecase.library.Libraries;
import org.balsam.usecase.library.LibraryItems;
import org.balsam.usecase.library.LibraryView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The knowledge libraries as clients of the BALSAM hub read and copy from them. */
@RestController
@Tag(name = "libraries")
@RequestMapping("/api/v1")
class HubLibraryController {

  private final Libraries libraries;
  private final LibraryItems items;
  private final CopyItem copy;
  private final Branches branches;

  HubLibraryController(Libraries libraries, LibraryItems items, CopyItem copy, Branches branches) {
    this.libraries = libraries;
    this.items = items;
    this.copy = copy;
    this.branches = branches;
  }

  @Operation(operationId = "ListKnowledgeLibaries", summary = "The libraries that you see, by id")
  @GetMapping("/knowledge-libraries")
  List<LibraryView> listKnowledgeLibraries() {
    return libraries.list(actor());
  }

  @Operation(
      operationId = "ListKnowledgeLibraryFiles",
      summary = "The files and folders of a library, by path")
  @GetMapping("/knowledge-libraries/{library}/files")
  List<RepoFile> listKnowledgeLibraryFiles(@PathVariable String library) {
    var found = items.all(library, actor());
    var here =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path("/api/v1/knowledge-libraries/{library}/files/")
            .build(library)
            .toString();
    return found.stream().map(item -> file(item, here)).toList();
  }

  @Operation(
      operationId = "GetKnowledgeLibraryFileContent",
      summary = "The bytes of a file of a library")
  @GetMapping("/knowledge-libraries/{library}/files/{item}")
  ResponseEntity<byte[]> getKnowledgeLibraryFileContent(
      @PathVariable String library, @PathVariable String item) {
    var content = items.content(library, item, actor());
    return Attachment.of(content.item().name(), content.bytes());
  }

  /**
   * Copies an item.
   *
   * @param folder where it goes; the top of the branch when left out
   * @param commit the library's commit that you looked at; when it is at another one by now,
   *     nothing is copied
   * @param replace whether files of the same paths are replaced; they are not when left out
   */
  @Operation(
      operationId = "CopyFromKnowleadgeLibrary",
      summary = "Copy a file or folder of a library into a branch, by one commit")
  @PutMapping("/projects/{project}/branches/{branch}/files")
  void copyFromKnowledgeLibrary(
      @PathVariable ProjectId project,
      @PathVariable String branch,
      @RequestParam String libraryId,
      @RequestParam String fileId,
      @RequestParam(defaultValue = "") String folder,
      @RequestParam(required = false) @Nullable String commit,
      @RequestParam(defaultValue = "false") boolean replace) {
    var target = branches.get(project, branch, actor()).gitBranch();
    copy.handle(
        new CopyItem.Command(libraryId, fileId, commit, project, target, folder, replace, actor()));
  }

  private static RepoFile file(ItemView item, String here) {
    return new RepoFile(
        item.id(),
        item.path(),
        item.name(),
        item.isFolder() ? FileType.Folder : FileType.File,
        item.isFolder() ? null : here + item.id());
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
