package org.balsam.usecase.library;

import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ShownText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The items of the libraries: listed, found, read. */
@Component
public class LibraryItems {

  private static final int LAST_HIT = 1_000;
  private static final int ALL = 1_000_000;

  private final LibrarySources sources;
  private final ItemRows rows;

  LibraryItems(LibrarySources sources, ItemRows rows) {
    this.sources = sources;
    this.rows = rows;
  }

  /** A file's bytes. */
  public record Content(ItemView item, byte[] bytes) {}

  /**
   * The items of a library, by path.
   *
   * @param kind null for all kinds
   * @param folder the path of a folder whose direct content is wanted; null for everything
   * @param cursor the path of the item before
   * @throws NotFound when there is no such library that the actor sees
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public Page<ItemView> page(
      String library,
      @Nullable ItemKind kind,
      @Nullable String folder,
      int limit,
      @Nullable String cursor,
      Actor actor) {
    sources.visible(library, actor);
    var found = rows.list(library, kind, stored(folder), stored(cursor), Page.limit(limit) + 1);
    return Page.of(found, limit, ItemView::path);
  }

  /**
   * All items of a library by path: at most 5,000 files and the folders that they are in.
   *
   * @throws NotFound when there is no such library that the actor sees
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public List<ItemView> all(String library, Actor actor) {
    sources.visible(library, actor);
    return rows.list(library, null, null, null, ALL);
  }

  /**
   * An item.
   *
   * @throws NotFound when there is none that the actor sees
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public ItemView get(String library, String item, Actor actor) {
    sources.visible(library, actor);
    return find(rows, library, item);
  }

  /**
   * A file's bytes, at most 8 MiB.
   *
   * @throws NotFound when there is none that the actor sees, and for folders
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public Content content(String library, String item, Actor actor) {
    var view = get(library, item, actor);
    if (view.isFolder()) {
      throw new NotFound("'" + view.path() + "' is a folder; list its items");
    }
    return new Content(view, rows.files(view).get(0).content());
  }

  /**
   * What a file looks like: HTML without scripts, without anything from elsewhere, and with the
   * markup of strangers shown as text.
   *
   * @throws NotFound when there is no such file, or nothing to be looked at in it
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public String preview(String library, String item, Actor actor) {
    var content = content(library, item, actor);
    var view = content.item();
    return ItemPreview.of(view.path(), view.title(), content.bytes())
        .orElseThrow(
            () ->
                new NotFound(
                    "'"
                        + view.path()
                        + "' has no preview: it is no text, no notebook of format 4, or larger"
                        + " than 2 MiB; download it instead"));
  }

  /**
   * Finds words in all libraries that the actor sees, best first; at most the first 1,000. Words
   * are found in other forms, too, by the rules of each item's language.
   *
   * @param words as one writes to a search engine: {@code "in this order"}, {@code or}, {@code
   *     -not}
   * @param library null for all
   * @throws NotFound when there is no such library that the actor sees
   */
  @Transactional(
      readOnly = true,
      noRollbackFor = {NotFound.class, Invalid.class})
  public Page<ItemHit> search(
      String words,
      @Nullable String library,
      @Nullable ItemKind kind,
      int limit,
      @Nullable String cursor,
      Actor actor) {
    var asked = ShownText.line("q", words, 1, 200);
    var from = Page.after(cursor, LibraryItems::offset);
    var start = from == null ? 0 : from;
    var found =
        rows.search(sources.wanted(library, actor), asked, kind, start, Page.limit(limit) + 1);
    var page = found.subList(0, Math.min(found.size(), limit));
    var end = start + limit;
    return new Page<>(page, found.size() > limit && end < LAST_HIT ? String.valueOf(end) : null);
  }

  static ItemView find(ItemRows rows, String library, String item) {
    return rows.find(library, String.valueOf(stored(item)))
        .orElseThrow(() -> new NotFound("the library has no item of this id"));
  }

  private static int offset(String cursor) {
    var offset = Integer.parseInt(cursor);
    if (offset < 1 || offset > LAST_HIT) {
      throw new IllegalArgumentException();
    }
    return offset;
  }

  /** The database holds no NUL. */
  private static @Nullable String stored(@Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "path", "has a control character");
    }
    return text;
  }
}
