package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.library.ItemHit;
import org.balsam.usecase.library.ItemKind;
import org.balsam.usecase.library.Libraries;
import org.balsam.usecase.library.LibraryItems;
import org.balsam.usecase.library.LibraryOffers;
import org.balsam.usecase.library.LibraryView;
import org.balsam.usecase.library.OfferItem;
import org.balsam.usecase.library.OfferView;
import org.balsam.usecase.library.RequestRefresh;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Knowledge libraries: which there are, what is in all of them, what is offered to them. */
@RestController
@Tag(name = "libraries")
@RequestMapping("/api/v1/libraries")
class LibraryController {

  private final Libraries libraries;
  private final LibraryItems items;
  private final LibraryOffers offers;
  private final OfferItem offer;
  private final RequestRefresh refresh;

  LibraryController(
      Libraries libraries,
      LibraryItems items,
      LibraryOffers offers,
      OfferItem offer,
      RequestRefresh refresh) {
    this.libraries = libraries;
    this.items = items;
    this.offers = offers;
    this.offer = offer;
    this.refresh = refresh;
  }

  /**
   * Something to offer.
   *
   * @param project whose it is
   * @param ref a branch, tag or commit of the project
   * @param path of a file or folder
   * @param kind what it is for in the library
   * @param title one line, 3 to 100 characters
   * @param text what it is and why it is of use, 1 to 2000 characters
   */
  record NewOffer(
      @NotNull ProjectId project,
      @NotNull String ref,
      @NotNull String path,
      @NotNull ItemKind kind,
      @NotNull String title,
      @NotNull String text) {}

  @Operation(summary = "The knowledge libraries that you see, by id")
  @GetMapping
  Page<LibraryView> listLibraries(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Pages.cut(libraries.list(actor()), LibraryView::id, limit, cursor);
  }

  @Operation(summary = "Find words in the items of all libraries that you see, best first")
  @GetMapping("/search")
  Page<ItemHit> searchLibraries(
      @RequestParam String q,
      @RequestParam(required = false) @Nullable String library,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return items.search(
        q, library, kind == null ? null : ItemKind.parse(kind), limit, cursor, actor());
  }

  @Operation(summary = "A library: its commit, and what is wrong with it")
  @GetMapping("/{library}")
  LibraryView getLibrary(@PathVariable String library) {
    return libraries.get(library, actor());
  }

  @Operation(summary = "Have the server of a library asked for a newer commit within seconds")
  @PostMapping("/{library}/refresh")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void refreshLibrary(@PathVariable String library) {
    refresh.handle(new RequestRefresh.Command(library, actor()));
  }

  @Operation(summary = "What projects of yours offered or were offered, newest first")
  @GetMapping("/{library}/offers")
  Page<OfferView> listLibraryOffers(
      @PathVariable String library,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return offers.page(library, limit, cursor, actor());
  }

  @Operation(summary = "Offer a file or folder of a project to a library; repeating it offers once")
  @PostMapping("/{library}/offers")
  OfferView offerToLibrary(@PathVariable String library, @Valid @RequestBody NewOffer body) {
    return offer
        .handle(
            new OfferItem.Command(
                library,
                body.project(),
                body.ref(),
                body.path(),
                body.kind(),
                body.title(),
                body.text(),
                actor()))
        .offer();
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
