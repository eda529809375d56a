package org.balsam.usecase.library;

import java.util.List;
import java.util.Map;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The knowledge libraries that a person sees. */
@Component
public class Libraries {

  private final LibrarySources sources;
  private final LibraryRows rows;
  private final ItemRows items;

  Libraries(LibrarySources sources, LibraryRows rows, ItemRows items) {
    this.sources = sources;
    this.rows = rows;
    this.items = items;
  }

  /** By id. */
  @Transactional(readOnly = true)
  public List<LibraryView> list(Actor actor) {
    return views(sources.visibleTo(actor));
  }

  /**
   * One.
   *
   * @throws NotFound when there is none that the actor sees
   */
  @Transactional(readOnly = true, noRollbackFor = NotFound.class)
  public LibraryView get(String id, Actor actor) {
    sources.visible(id, actor);
    return views(List.of(id)).get(0);
  }

  private List<LibraryView> views(List<String> ids) {
    var states = rows.states(ids);
    var counts = items.counts(ids);
    return ids.stream().map(id -> view(id, states, counts)).toList();
  }

  private LibraryView view(
      String id, Map<String, LibraryRows.State> states, Map<String, Long> counts) {
    var source = sources.all().get(id);
    var state =
        states.getOrDefault(id, new LibraryRows.State(id, null, null, null, null, List.of(), 0));
    return new LibraryView(
        id,
        source.name(),
        source.description(),
        source.organisation(),
        source.url(),
        source.page(),
        state.commit(),
        state.pinnedAt(),
        state.askedAt(),
        state.failure(),
        state.leftOut(),
        state.leftOutCount(),
        counts.getOrDefault(id, 0L),
        source.offersTo());
  }
}
