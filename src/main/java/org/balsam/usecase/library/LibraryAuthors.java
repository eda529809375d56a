package org.balsam.usecase.library;

import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;

/** People as authors of what they copy and offer. */
@Component
class LibraryAuthors {

  private final Directory directory;

  LibraryAuthors(Directory directory) {
    this.directory = directory;
  }

  Forge.Author of(String person) {
    var none = person + "@users.invalid";
    return directory
        .person(person)
        .map(p -> new Forge.Author(p.displayName(), p.email().isBlank() ? none : p.email()))
        .orElseGet(() -> new Forge.Author(person, none));
  }
}
