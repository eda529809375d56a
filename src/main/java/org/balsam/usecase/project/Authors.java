package org.balsam.usecase.project;

import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;

/** People as authors of commits. */
@Component
class Authors {

  private final Directory directory;

  Authors(Directory directory) {
    this.directory = directory;
  }

  /** The author that a person is, also one who has left. */
  Forge.Author of(String person) {
    return directory
        .person(person)
        .map(known -> new Forge.Author(known.displayName(), email(known)))
        .orElseGet(() -> new Forge.Author(person, noEmail(person)));
  }

  private static String email(Directory.Person person) {
    return person.email().isBlank() ? noEmail(person.id()) : person.email();
  }

  private static String noEmail(String person) {
    return person + "@users.invalid";
  }
}
