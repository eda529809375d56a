package org.balsam.usecase.project;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.ShownText;
import org.balsam.platform.identity.Directory;
import org.balsam.standard.template.Beginning;
import org.balsam.standard.template.ProjectTemplates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for a project and starts its onboarding. */
@Component
public class RequestProject {

  private final ProjectRepository projects;
  private final ProjectIds ids;
  private final ProjectTemplates templates;
  private final BeginningRules beginningRules;
  private final Beginnings beginnings;
  private final Directory directory;
  private final OnboardingProcess process;
  private final AuditTrail audit;
  private final Clock clock;

  RequestProject(
      ProjectRepository projects,
      ProjectIds ids,
      ProjectTemplates templates,
      BeginningRules beginningRules,
      Beginnings beginnings,
      Directory directory,
      OnboardingProcess process,
      AuditTrail audit,
      Clock clock) {
    this.projects = projects;
    this.ids = ids;
    this.templates = templates;
    this.beginningRules = beginningRules;
    this.beginnings = beginnings;
    this.directory = directory;
    this.process = process;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param isIdDerived whether {@code id} is only what the name gives, so that another one may be
   *     taken
   * @param name shown name, 3 to 100 characters
   * @param purpose what it is for, up to 2000 characters
   * @param template the id of a project template
   * @param templateParameters values of the template's parameters, without {@code project}
   * @param owner the id of the person who will be accountable
   * @param branchName how the default branch is shown, one line of at most 100 characters
   * @param beginsWith the folder of a knowledge library whose files are added to those of the
   *     template, see {@link Beginning.Source}
   */
  public record Command(
      ProjectId id,
      boolean isIdDerived,
      String name,
      String purpose,
      String template,
      Map<String, String> templateParameters,
      String owner,
      Classification classification,
      String branchName,
      @Nullable String beginsWith,
      Actor actor) {

    public Command {
      name = ShownText.line("name", name, 3, 100);
      purpose = ShownText.check("purpose", purpose, 1, 2000);
      templateParameters = Map.copyOf(templateParameters);
      branchName = ShownText.line("branchName", branchName, 1, 100);
      beginsWith = beginsWith == null || beginsWith.isBlank() ? null : beginsWith;
    }

    /** With a default branch that is shown as what it is called in Git. */
    public Command(
        ProjectId id,
        String name,
        String purpose,
        String template,
        Map<String, String> templateParameters,
        String owner,
        Classification classification,
        Actor actor) {
      this(
          id,
          false,
          name,
          purpose,
          template,
          templateParameters,
          owner,
          classification,
          "main",
          null,
          actor);
    }

    private Command with(ProjectId chosen) {
      return new Command(
          chosen,
          false,
          name,
          purpose,
          template,
          templateParameters,
          owner,
          classification,
          branchName,
          beginsWith,
          actor);
    }
  }

  /** The outcome. */
  public record Result(ProjectView project) {}

  /**
   * Does it. An id is free again after a project was rejected or failed.
   *
   * @throws Rejection ALREADY_EXISTS, with a free id, when the id is taken, or when a project has
   *     the name from which it would be derived
   * @throws Invalid for an unknown owner, parameters that the template does not allow, or files of
   *     a library that a project may not have
   * @throws NotFound for an unknown template
   */
  @Transactional(noRollbackFor = {Rejection.class, Invalid.class, NotFound.class})
  public Result handle(Command request) {
    var command = request.with(ids.choose(request));
    check(command);
    var beginning = beginningRules.admit(command);
    var project = save(command);
    beginnings.forget(command.id());
    beginning.ifPresent(found -> beginnings.keep(command.id(), found));
    audit.record(
        AuditEntry.done("project.requested", command.id().value(), command.id().value())
            .with("template", command.template())
            .with("beginsWith", origin(beginning))
            .with("owner", command.owner())
            .with("classification", command.classification().value()));
    process.start(command.id(), summary(command, origin(beginning)));
    return new Result(project.view());
  }

  private void check(Command command) {
    var parameters = new HashMap<>(command.templateParameters());
    parameters.put("project", command.id().value());
    templates.render(command.template(), parameters);
    if (directory.person(command.owner()).isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "owner", "is the id of a person in the directory");
    }
  }

  /** What it begins with and the version of that, for people. */
  private static String origin(Optional<Beginning> beginning) {
    return beginning.map(b -> b.location() + " at commit " + b.commit()).orElse("-");
  }

  private ProjectEntity save(Command command) {
    var before = projects.findLocked(command.id().value());
    if (before.isEmpty()) {
      return projects.saveAndFlush(new ProjectEntity(command, clock.instant()));
    }
    before.get().request(command, clock.instant());
    return before.get();
  }

  private static String summary(Command command, String origin) {
    return """
        %s (%s)
        Purpose: %s
        Owner: %s
        Template: %s
        Begins with: %s
        Classification of the data: %s
        Requested by: %s"""
        .formatted(
            command.name(),
            command.id(),
            command.purpose(),
            command.owner(),
            command.template(),
            origin,
            command.classification().value(),
            command.actor().id());
  }
}
