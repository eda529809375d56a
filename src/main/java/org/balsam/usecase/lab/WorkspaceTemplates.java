package org.balsam.usecase.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.standard.catalogue.OfferedTemplate;
import org.balsam.standard.catalogue.RefusedTemplate;
import org.balsam.standard.catalogue.WorkspaceCatalogue;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.workspace.Deprecation;
import org.balsam.standard.workspace.ParameterValues;
import org.balsam.standard.workspace.WorkspaceTemplate;
import org.balsam.standard.yaml.Shown;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which templates a person may make workspaces from, and with what. */
@Component
public class WorkspaceTemplates {

  private final WorkspaceCatalogue catalogue;
  private final Clock clock;

  WorkspaceTemplates(WorkspaceCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * What is wanted.
   *
   * @param template the id of a template; null for Balsam's Jupyter of the size
   * @param hardware may be null where the template has one size
   * @param parameters by name; the others have their defaults
   */
  public record Wish(
      @Nullable String template,
      @Nullable HardwareProfile hardware,
      Map<String, JsonNode> parameters) {

    public Wish {
      parameters = Map.copyOf(parameters);
    }

    /** Balsam's Jupyter of this size. */
    static Wish of(HardwareProfile hardware) {
      return new Wish(null, hardware, Map.of());
    }
  }

  /**
   * What a workspace is made from: exactly this template, with these environment variables of
   * Balsam's own service, or these parameters of manifests.
   */
  record Choice(
      WorkspaceTemplate template,
      HardwareProfile hardware,
      Map<String, String> variables,
      Map<String, JsonNode> parameters) {}

  /**
   * Those that the actor may use, by id: in the project, or in one of their projects.
   *
   * @throws NotFound for a project that the actor is no member of
   */
  public List<TemplateView> list(@Nullable ProjectId project, Actor actor) {
    if (project != null) {
      actor.requireMemberOf(project);
    }
    var projects = project == null ? actor.projects() : Set.of(project.value());
    return catalogue.offered().stream()
        .filter(offered -> !isOver(offered.template().use().deprecation()))
        .filter(offered -> isFor(offered.template().use().roles(), projects, actor))
        .map(TemplateView::of)
        .toList();
  }

  /** A template that names no roles is for everybody who explores. */
  private static boolean isFor(Set<Role> roles, Set<String> projects, Actor actor) {
    return Role.EXPLORING.stream()
        .filter(role -> roles.isEmpty() || roles.contains(role))
        .anyMatch(
            role ->
                projects.stream().anyMatch(in -> actor.groups().contains(in + "/" + role.value())));
  }

  /**
   * The templates that were refused, with the reasons.
   *
   * @throws Forbidden for others than administrators of the platform
   */
  public List<RefusedTemplate> refused(Actor actor) {
    if (!actor.isPlatformAdministrator()) {
      throw new Forbidden("only administrators of the platform may see what was refused");
    }
    return catalogue.refused();
  }

  /**
   * What a link asks for, held against the template; nothing is asked for by this.
   *
   * @param parameters texts by name
   * @throws NotFound for a project that the actor is no member of
   * @throws Forbidden for roles that do not explore, or not with this template
   * @throws Invalid as for a request
   */
  public Offer offer(
      ProjectId project,
      String template,
      @Nullable HardwareProfile hardware,
      Map<String, String> parameters,
      Actor actor) {
    actor.requireAny(project, OpenExplorations.EXPLORERS);
    var typed =
        ParameterValues.typed(
            template(project, new Wish(template, null, Map.of()), actor), parameters);
    var wish = new Wish(template, hardware, typed);
    var choice = choose(project, wish, actor);
    return new Offer(
        TemplateView.of(catalogue.find(template).orElseThrow()),
        new Wish(template, choice.hardware, typed));
  }

  /** A template and what would be asked for. */
  public record Offer(TemplateView template, Wish wish) {}

  /**
   * Holds a wish against the template.
   *
   * @throws Invalid naming {@code templateId}, {@code hardware} or {@code parameters/…}, what was
   *     given and what is allowed
   * @throws Forbidden when the template is for other roles
   */
  Choice choose(ProjectId project, Wish wish, Actor actor) {
    var template = template(project, wish, actor);
    if (!template.use().roles().isEmpty()) {
      actor.requireAny(project, template.use().roles().stream().sorted().toArray(Role[]::new));
    }
    var over = template.use().deprecation();
    if (over != null && isOver(over)) {
      throw invalid(
          "/templateId",
          "'%s' could be used until %s: %s%s"
              .formatted(
                  template.id(),
                  over.until(),
                  over.reason(),
                  over.successor() == null ? "" : "; use '" + over.successor() + "'"));
    }
    return new Choice(
        template, hardware(template, wish.hardware), variables(template, wish), wish.parameters);
  }

  private WorkspaceTemplate template(ProjectId project, Wish wish, Actor actor) {
    if (wish.template == null && wish.hardware == null) {
      throw invalid("/templateId", "is missing; needed: this, or hardware");
    }
    var id = wish.template == null ? "jupyter-" + wish.hardware.value() : wish.template;
    return catalogue
        .find(id)
        .map(OfferedTemplate::template)
        .orElseThrow(
            () ->
                invalid(
                    "/templateId",
                    "there is no template '%s'; allowed: %s"
                        .formatted(
                            Shown.of(id),
                            list(project, actor).stream().map(TemplateView::id).toList())));
  }

  private static HardwareProfile hardware(
      WorkspaceTemplate template, @Nullable HardwareProfile wanted) {
    var allowed = template.use().hardware();
    if (wanted == null && allowed.size() == 1) {
      return allowed.get(0);
    }
    if (wanted == null || !allowed.contains(wanted)) {
      throw invalid(
          "/hardware",
          "%s; the template '%s' allows: %s"
              .formatted(
                  wanted == null ? "is missing" : "'" + wanted.value() + "' is not allowed",
                  template.id(),
                  String.join(", ", allowed.stream().map(HardwareProfile::value).toList())));
    }
    return wanted;
  }

  private static Map<String, String> variables(WorkspaceTemplate template, Wish wish) {
    try {
      if (template.isService()) {
        return ParameterValues.variables(template, wish.parameters);
      }
      ParameterValues.check(template, wish.parameters);
      return Map.of();
    } catch (Invalid wrong) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          wrong.problems().stream()
              .map(one -> new Problem("/parameters/" + one.where(), one.message()))
              .toList());
    }
  }

  private boolean isOver(@Nullable Deprecation deprecation) {
    return deprecation != null
        && deprecation.until() != null
        && LocalDate.now(clock.withZone(ZoneOffset.UTC)).isAfter(deprecation.until());
  }

  private static Invalid invalid(String where, String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, where, message);
  }
}
