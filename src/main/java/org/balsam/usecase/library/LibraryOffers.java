package org.balsam.usecase.library;

import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was offered to the libraries. */
@Component
public class LibraryOffers {

  private final LibrarySources sources;
  private final OfferRows rows;

  LibraryOffers(LibrarySources sources, OfferRows rows) {
    this.sources = sources;
    this.rows = rows;
  }

  /**
   * Offers from and to projects of the actor, all for administrators; newest first.
   *
   * @throws NotFound when there is no such library that the actor sees
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public Page<OfferView> page(String library, int limit, @Nullable String cursor, Actor actor) {
    sources.visible(library, actor);
    var before = Page.after(cursor, Long::valueOf);
    var found = rows.list(library, actor, before, Page.limit(limit) + 1);
    return Page.of(found, limit, offer -> String.valueOf(offer.number()))
        .map(OfferRows.Numbered::offer);
  }
}
