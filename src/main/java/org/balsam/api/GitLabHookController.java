package org.balsam.api;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.usecase.project.ReportForgeEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a GitLab server tells of what people do with code. Nothing is read before the token was
 * right; afterwards the answer is the same whether the project is known or not.
 */
@Hidden
@RestController
@RequestMapping("/api/v1/hooks/gitlab")
class GitLabHookController {

  private static final Actor SERVER = new Actor(Actor.Kind.SERVICE, "gitlab", Set.of());

  private final ForgeProperties forge;
  private final ReportForgeEvent reportForgeEvent;

  GitLabHookController(ForgeProperties forge, ReportForgeEvent reportForgeEvent) {
    this.forge = forge;
    this.reportForgeEvent = reportForgeEvent;
  }

  /**
   * Takes one event.
   *
   * @param retried the event's id, the same when the server sends it again; GitLab 17.4 and later
   * @param event the event's id before
   */
  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void report(
      @RequestHeader(name = "X-Gitlab-Token", required = false) @Nullable String token,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String retried,
      @RequestHeader(name = "X-Gitlab-Event-UUID", required = false) @Nullable String event,
      InputStream body)
      throws IOException {
    check(token);
    var id = id(retried == null ? event : retried);
    var settings = forge.requireGitLab();
    var told = GitLabEvent.read(body);
    told.flatMap(said -> settings.projectAt(said.path()).flatMap(known -> said.command(id, known)))
        .ifPresent(command -> server().call(() -> reportForgeEvent.handle(command)));
  }

  private static CallContext server() {
    var now = CallContext.current();
    return new CallContext(SERVER, null, null, null, null, now.correlation(), now.source());
  }

  private void check(@Nullable String token) {
    var hook =
        Optional.of(forge)
            .filter(settings -> settings.type() == ForgeProperties.Type.GITLAB)
            .map(settings -> settings.requireGitLab().hook())
            .orElseThrow(() -> new NotFound("balsam.forge.gitlab.hook is not set"));
    if (token == null || !hook.accepts(token)) {
      throw new Forbidden("X-Gitlab-Token is not that of balsam.forge.gitlab.hook.token-file");
    }
  }

  private static UUID id(@Nullable String text) {
    try {
      return UUID.fromString(String.valueOf(text));
    } catch (IllegalArgumentException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "X-Gitlab-Event-UUID",
          "is not a UUID; GitLab 14.8 and later send one with each event");
    }
  }
}
