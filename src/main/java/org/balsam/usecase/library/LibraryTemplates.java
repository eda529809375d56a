package org.balsam.usecase.library;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.platform.library.LibraryProperties.Source;
import org.balsam.standard.template.Beginning;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Folders below {@code Templates} of libraries as what projects begin with. */
@Component
class LibraryTemplates implements Beginning.Source {

  private static final String FIELD = "/sourceLocation";
  private static final int MOST_NAMED = 20;

  private final LibrarySources sources;
  private final ItemRows items;

  LibraryTemplates(LibrarySources sources, ItemRows items) {
    this.sources = sources;
    this.items = items;
  }

  @Override
  @Transactional(
      readOnly = true,
      noRollbackFor = {Invalid.class, Rejection.class})
  public Beginning find(String location, Actor actor) {
    var parts = location.strip().split("#", 2);
    var path = parts.length < 2 ? "" : parts[1].replaceAll("/+$", "");
    var item =
        at(parts[0], actor)
            .flatMap(library -> items.find(library, LibraryItem.id(path)))
            .filter(LibraryTemplates::isTemplate)
            .orElseThrow(() -> unknown(actor));
    var source = sources.visible(item.library(), actor);
    var below = item.path().length() + 1;
    return new Beginning(
        location(source, item),
        item.commit(),
        ItemFiles.message("Begin with", source, item),
        ItemFiles.of(items, item, file -> file.substring(below)));
  }

  private Optional<String> at(String address, Actor actor) {
    return sources.visibleTo(actor).stream()
        .filter(id -> plain(sources.visible(id, actor).url().toString()).equals(plain(address)))
        .findFirst();
  }

  private static String plain(String address) {
    return address.replaceAll("/+$", "").replaceAll("\\.git$", "");
  }

  private static boolean isTemplate(ItemView item) {
    return item.isFolder() && item.kind() == ItemKind.TEMPLATE && item.path().contains("/");
  }

  private static String location(Source source, ItemView item) {
    return source.url() + "#" + item.path();
  }

  private Invalid unknown(Actor actor) {
    var known = sources.visibleTo(actor).stream().flatMap(id -> named(id, actor).stream()).toList();
    return new Invalid(
        ErrorCode.INVALID_INPUT,
        FIELD,
        "is the address of a knowledge library that you see, '#' and a folder of its Templates; "
            + (known.isEmpty()
                ? "there is none: leave it out, the project begins with its template"
                : "there are: "
                    + String.join(", ", known.subList(0, Math.min(MOST_NAMED, known.size())))));
  }

  private List<String> named(String library, Actor actor) {
    return items.list(library, ItemKind.TEMPLATE, null, null, MOST_NAMED * MOST_NAMED).stream()
        .filter(
            item -> isTemplate(item) && item.path().indexOf('/') == item.path().lastIndexOf('/'))
        .limit(MOST_NAMED)
        .map(item -> location(sources.visible(library, actor), item))
        .toList();
  }
}
