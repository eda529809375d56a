package org.balsam.usecase.model;

import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.registry.ModelRegistry;
import org.springframework.stereotype.Component;

/**
 * What a project's repository says about the model in use: the environment file {@code
 * environments/production/<model>.yaml} on {@code main}, which deployments follow, and the tag
 * {@code mdl/<model>/v<version>}, made here only where no training made it.
 */
@Component
class ChampionFile {

  private final ModelRegistry registry;
  private final EnvironmentFiles environments;
  private final Forge forge;
  private final Directory directory;

  ChampionFile(
      ModelRegistry registry, EnvironmentFiles environments, Forge forge, Directory directory) {
    this.registry = registry;
    this.environments = environments;
    this.forge = forge;
    this.directory = directory;
  }

  /**
   * Makes the repository agree with the registry, which it keeps from changing until the caller's
   * transaction ends; repeating it makes no second commit.
   *
   * @param by the id of the person on whose behalf
   * @param why the subject of the commit
   */
  void ensure(ProjectId project, ModelName model, String by, String why) {
    var champion = registry.lockChampion(project, model);
    var author = author(by);
    var commit = environments.set(champion, "production", new EnvironmentFiles.Why(why, author));
    if (!forge.refs(project).containsKey("refs/tags/" + champion.id().tag())) {
      forge.ensureTag(project, champion.id().tag(), commit, champion.id() + " in use", author);
    }
  }

  private Forge.Author author(String person) {
    var known = directory.person(person);
    var email = known.map(Directory.Person::email).filter(text -> !text.isBlank());
    return new Forge.Author(
        known.map(Directory.Person::displayName).orElse(person),
        email.orElse(person + "@users.invalid"));
  }
}
