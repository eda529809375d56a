package org.balsam.usecase.project;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
import org.balsam.standard.template.ProjectTemplates;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for a project and starts its onboarding. */
@Component
public class RequestProject {

  private static final Set<String> RESERVED = Set.of("platform", "balsam");

  private final ProjectRepository projects;
  private final ProjectTemplates templates;
  private final Directory directory;
  private final OnboardingProcess process;
  private final AuditTrail audit;
  private final Clock clock;

  RequestProject(
      ProjectRepository projects,
      ProjectTemplates templates,
      Directory directory,
      OnboardingProcess process,
      AuditTrail audit,
      Clock clock) {
    this.projects = projects;
    this.templates = templates;
    this.directory = directory;
    this.process = process;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param name shown name, 3 to 100 characters
   * @param purpose what it is for, up to 2000 characters
   * @param template the id of a project template
   * @param templateParameters values of the template's parameters, without {@code project}
   * @param owner the id of the person who will be accountable
   * @param branchName how the default branch is shown, one line of at most 100 characters
   */
  public record Command(
      ProjectId id,
      String name,
      String purpose,
      String template,
      Map<String, String> templateParameters,
      String owner,
      Classification classification,
      String branchName,
      Actor actor) {

    public Command {
      name = ShownText.line("name", name, 3, 100);
      purpose = ShownText.check("purpose", purpose, 1, 2000);
      templateParameters = Map.copyOf(templateParameters);
      branchName = ShownText.line("branchName", branchName, 1, 100);
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
      this(id, name, purpose, template, templateParameters, owner, classification, "main", actor);
    }
  }

  /** The outcome. */
  public record Result(ProjectView project) {}

  /**
   * Does it. An id is free again after a project was rejected or failed.
   *
   * @throws Rejection ALREADY_EXISTS, with a free id, when the id is taken
   * @throws Invalid for an unknown owner, or parameters that the template does not allow
   * @throws NotFound for an unknown template
   */
  @Transactional(noRollbackFor = {Rejection.class, Invalid.class, NotFound.class})
  public Result handle(Command command) {
    check(command);
    var project = save(command);
    audit.record(
        AuditEntry.done("project.requested", command.id().value(), command.id().value())
            .with("template", command.template())
            .with("owner", command.owner())
            .with("classification", command.classification().value()));
    process.start(command.id(), summary(command));
    return new Result(project.view());
  }

  private void check(Command command) {
    if (RESERVED.contains(command.id().value())) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "id",
          "'" + command.id() + "' names groups of Balsam itself; choose another id");
    }
    var parameters = new HashMap<>(command.templateParameters());
    parameters.put("project", command.id().value());
    templates.render(command.template(), parameters);
    if (directory.person(command.owner()).isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "owner", "is the id of a person in the directory");
    }
  }

  private ProjectEntity save(Command command) {
    var existing = projects.findLocked(command.id().value());
    if (existing.isEmpty()) {
      return create(command);
    }
    if (!existing.get().state().leavesIdFree()) {
      throw taken(command.id(), ProjectSlug.alternative(command.id(), this::isTaken));
    }
    existing.get().request(command, clock.instant());
    return existing.get();
  }

  private ProjectEntity create(Command command) {
    try {
      return projects.saveAndFlush(new ProjectEntity(command, clock.instant()));
    } catch (DataIntegrityViolationException lostRace) {
      throw taken(command.id(), ProjectSlug.alternative(command.id(), id -> false));
    }
  }

  private boolean isTaken(ProjectId id) {
    return projects.findById(id.value()).filter(p -> !p.state().leavesIdFree()).isPresent();
  }

  private static Rejection taken(ProjectId id, ProjectId alternative) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS,
        "the project id '" + id + "' is taken; choose another one, for example " + alternative);
  }

  private static String summary(Command command) {
    return """
        %s (%s)
        Purpose: %s
        Owner: %s
        Template: %s
        Classification of the data: %s
        Requested by: %s"""
        .formatted(
            command.name(),
            command.id(),
            command.purpose(),
            command.owner(),
            command.template(),
            command.classification().value(),
            command.actor().id());
  }
}
