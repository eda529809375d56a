package org.balsam.usecase.library;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.library.LibraryProperties;
import org.balsam.platform.library.LibraryProperties.Source;
import org.springframework.stereotype.Component;

/** The configured libraries, and who sees which. */
@Component
class LibrarySources {

  private final TreeMap<String, Source> sources;

  LibrarySources(LibraryProperties properties) {
    this.sources = new TreeMap<>(properties.sources());
  }

  Map<String, Source> all() {
    return sources;
  }

  /** Where the items of a library are from. */
  static String origin(Source source) {
    return source.url() + "#" + (source.branch() == null ? "HEAD" : source.branch());
  }

  /** The libraries that the actor sees, by id. */
  List<String> visibleTo(Actor actor) {
    return sources.keySet().stream().filter(id -> isVisible(sources.get(id), actor)).toList();
  }

  /**
   * A library.
   *
   * @throws NotFound when there is none that the actor sees
   */
  Source visible(String id, Actor actor) {
    var source = sources.get(id);
    if (source == null || !isVisible(source, actor)) {
      throw new NotFound("there is no knowledge library of this id that you see");
    }
    return source;
  }

  /** The libraries to look in: the one that is named, or all that the actor sees. */
  List<String> wanted(@org.jspecify.annotations.Nullable String id, Actor actor) {
    if (id == null) {
      return visibleTo(actor);
    }
    visible(id, actor);
    return List.of(id);
  }

  /** The project that keeps a library. */
  static ProjectId keeper(Source source) {
    if (source.offersTo() == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "library",
          "this library takes no offers here; offer the item at " + source.url());
    }
    return new ProjectId(source.offersTo());
  }

  private static boolean isVisible(Source source, Actor actor) {
    return source.projects().isEmpty()
        || actor.isPlatformAdministrator()
        || source.projects().stream().map(ProjectId::new).anyMatch(actor::isMemberOf);
  }
}
