package org.balsam.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.usecase.lab.Branches;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.lab.RequestExploration;
import org.balsam.usecase.lab.WorkspaceTemplates;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Links for courses: {@code /launch/jupyter-small?project=lfs&name=Course}. Following one shows
 * what it asks for; only a person's answer to that page, with the token of the session, asks.
 */
@RestController
@Hidden
@RequestMapping("/launch")
class LaunchController {

  /** The field that makes a form ask once, however often it is sent. */
  static final String KEY = "key";

  private static final String CSRF = "_csrf";
  private static final int DAYS = 30;

  private final WorkspaceTemplates templates;
  private final Branches branches;
  private final RequestExploration requestExploration;
  private final Explorations explorations;
  private final HubProjects hub;
  private final Creation creation;
  private final Clock clock;

  LaunchController(
      WorkspaceTemplates templates,
      Branches branches,
      RequestExploration requestExploration,
      Explorations explorations,
      HubProjects hub,
      Creation creation,
      Clock clock) {
    this.templates = templates;
    this.branches = branches;
    this.requestExploration = requestExploration;
    this.explorations = explorations;
    this.hub = hub;
    this.creation = creation;
    this.clock = clock;
  }

  @GetMapping("/{template}")
  ResponseEntity<String> showLaunch(
      @PathVariable String template,
      @RequestParam MultiValueMap<String, String> query,
      HttpServletRequest request,
      CsrfToken token) {
    var link = LaunchLink.read(query, Set.of());
    var offer = offer(template, link);
    var key = UUID.randomUUID().toString();
    return html(HttpStatus.OK).body(new LaunchPage(request).question(offer, link, key, token));
  }

  @PostMapping("/{template}")
  ResponseEntity<String> launch(
      @PathVariable String template,
      @RequestParam MultiValueMap<String, String> form,
      HttpServletRequest request) {
    var link = LaunchLink.read(form, Set.of(KEY, CSRF));
    var offer = offer(template, link);
    var path = "/projects/" + link.project() + "/explorations/";
    var exploration =
        creation.answerForm(
            form.getFirst(KEY) == null ? UUID.randomUUID().toString() : form.getFirst(KEY),
            "/launch/" + template,
            link,
            () -> path + requestExploration.handle(command(link, offer)).exploration(),
            location ->
                explorations.get(
                    new ExplorationId(location.substring(location.lastIndexOf('/') + 1)), actor()));
    return html(HttpStatus.OK)
        .body(
            new LaunchPage(request)
                .asked(exploration.id().value(), path + exploration.id(), exploration.workspace()));
  }

  private WorkspaceTemplates.Offer offer(String template, LaunchLink link) {
    hub.requireActive(link.project(), actor());
    var offer =
        templates.offer(link.project(), template, link.hardware(), link.parameters(), actor());
    branches.get(link.project(), link.branch(), actor());
    return offer;
  }

  private RequestExploration.Command command(LaunchLink link, WorkspaceTemplates.Offer offer) {
    return new RequestExploration.Command(
        link.project(),
        link.name(),
        "Asked for by the launch link of the template " + offer.template().id(),
        List.of(),
        offer.wish(),
        NetworkClass.OFFLINE,
        LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(DAYS),
        link.branch(),
        actor());
  }

  /** In words for the person, with the status that programs get. */
  @ExceptionHandler({Invalid.class, NotFound.class, Forbidden.class, Rejection.class})
  ResponseEntity<String> refused(BalsamException refused, HttpServletRequest request) {
    var problems =
        refused instanceof Invalid invalid
            ? invalid.problems()
            : List.of(new Problem("", String.valueOf(refused.getMessage())));
    var status =
        refused instanceof Invalid
            ? HttpStatus.BAD_REQUEST
            : refused instanceof NotFound
                ? HttpStatus.NOT_FOUND
                : refused instanceof Forbidden ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT;
    return html(status).body(new LaunchPage(request).refused(problems));
  }

  /** What the firewall of the server refuses while the link is read. */
  @ExceptionHandler
  ResponseEntity<String> hostile(RequestRejectedException refused, HttpServletRequest request) {
    var why = new Problem("", "a name in the link holds characters that cannot be seen");
    return html(HttpStatus.BAD_REQUEST).body(new LaunchPage(request).refused(List.of(why)));
  }

  private static ResponseEntity.BodyBuilder html(HttpStatus status) {
    return ResponseEntity.status(status)
        .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
        .header("Cache-Control", "no-store");
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
