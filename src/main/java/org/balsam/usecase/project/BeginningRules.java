package org.balsam.usecase.project;

import java.util.Optional;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.ContentRules;
import org.balsam.standard.template.Beginning;
import org.balsam.standard.template.ProjectFileParser;
import org.balsam.standard.template.ProjectTemplates;
import org.springframework.stereotype.Component;

/** Admits what a project is asked to begin with, before anybody has to approve it. */
@Component
class BeginningRules {

  private static final String PROJECT_FILE = "balsam.yaml";

  private final Beginning.Source libraries;
  private final ProjectTemplates templates;
  private final ProjectFileParser parser;

  BeginningRules(Beginning.Source libraries, ProjectTemplates templates, ProjectFileParser parser) {
    this.libraries = libraries;
    this.templates = templates;
    this.parser = parser;
  }

  /**
   * The files of the library; empty when none is named.
   *
   * @throws Invalid for a place that the actor does not see, files that may not enter a repository,
   *     and a {@code balsam.yaml} that is wrong or outside the bounds of the project's template
   * @throws Rejection LIMIT_EXCEEDED for too many files
   */
  Optional<Beginning> admit(RequestProject.Command command) {
    if (command.beginsWith() == null) {
      return Optional.empty();
    }
    var found = libraries.find(command.beginsWith(), command.actor());
    ContentRules.cleaned(found.files());
    var settings = found.files().get(PROJECT_FILE);
    if (settings != null) {
      parser.parse(settings, PROJECT_FILE);
      templates.requireAllowed(command.template(), settings);
    }
    return Optional.of(found);
  }
}
