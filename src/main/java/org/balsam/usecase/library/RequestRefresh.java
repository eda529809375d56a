package org.balsam.usecase.library;

import org.balsam.kernel.Actor;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has the server of a library asked within seconds. */
@Component
public class RequestRefresh {

  private final LibrarySources sources;
  private final LibraryRows libraries;

  RequestRefresh(LibrarySources sources, LibraryRows libraries) {
    this.sources = sources;
    this.libraries = libraries;
  }

  /** Which library. */
  public record Command(String library, Actor actor) {}

  /** Nothing more to say. */
  public record Result() {}

  /**
   * Does it.
   *
   * @throws Forbidden for anybody but administrators of the platform
   * @throws NotFound when there is no such library
   */
  @Transactional(noRollbackFor = {Forbidden.class, NotFound.class})
  public Result handle(Command command) {
    if (!command.actor().isPlatformAdministrator()) {
      throw new Forbidden("this needs an administrator of the platform");
    }
    sources.visible(command.library(), command.actor());
    libraries.makeDue(command.library());
    return new Result();
  }
}
