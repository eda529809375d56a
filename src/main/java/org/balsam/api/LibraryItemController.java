package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.library.CopyItem;
import org.balsam.usecase.library.ItemKind;
import org.balsam.usecase.library.ItemView;
import org.balsam.usecase.library.LibraryItems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The items of a knowledge library: read, looked at, copied into a project. */
@RestController
@Tag(name = "libraries")
@RequestMapping("/api/v1/libraries/{library}/items")
class LibraryItemController {

  /** Nothing runs, nothing is fetched, and the page is of no origin. */
  private static final String NOTHING =
      "sandbox; default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";

  private final LibraryItems items;
  private final CopyItem copy;

  LibraryItemController(LibraryItems items, CopyItem copy) {
    this.items = items;
    this.copy = copy;
  }

  /**
   * A copy to make.
   *
   * @param project whose branch it goes into
   * @param branch which exists and is not protected
   * @param folder where it goes; the top of the branch when left out
   * @param commit the library's commit that you looked at; when it is at another one by now,
   *     nothing is copied
   * @param replace whether files of the same paths are replaced; they are not when left out
   */
  record NewCopy(
      @NotNull ProjectId project,
      @NotNull String branch,
      @Nullable String folder,
      @Nullable String commit,
      @Nullable Boolean replace) {}

  @Operation(summary = "The items of a library, by path")
  @GetMapping
  Page<ItemView> listLibraryItems(
      @PathVariable String library,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String folder,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var wanted = kind == null ? null : ItemKind.parse(kind);
    return items.page(library, wanted, folder, limit, cursor, actor());
  }

  @Operation(summary = "An item")
  @GetMapping("/{item}")
  ItemView getLibraryItem(@PathVariable String library, @PathVariable String item) {
    return items.get(library, item, actor());
  }

  @Operation(summary = "The bytes of a file")
  @GetMapping(value = "/{item}/content", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  ResponseEntity<byte[]> getLibraryItemContent(
      @PathVariable String library, @PathVariable String item) {
    var content = items.content(library, item, actor());
    return Attachment.of(content.item().name(), content.bytes());
  }

  @Operation(summary = "What a file looks like, as a page without scripts and foreign content")
  @GetMapping(value = "/{item}/preview", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> previewLibraryItem(
      @PathVariable String library, @PathVariable String item) {
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", NOTHING)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .body(items.preview(library, item, actor()));
  }

  @Operation(
      summary = "Copy a file or folder into a branch, by one commit; repeating it copies once")
  @PostMapping("/{item}/copies")
  CopyItem.Result copyLibraryItem(
      @PathVariable String library, @PathVariable String item, @Valid @RequestBody NewCopy body) {
    return copy.handle(
        new CopyItem.Command(
            library,
            item,
            body.commit(),
            body.project(),
            body.branch(),
            body.folder() == null ? "" : body.folder(),
            Boolean.TRUE.equals(body.replace()),
            actor()));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
