package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.usecase.round.RequestCancel;
import org.balsam.usecase.round.RequestPostponement;
import org.balsam.usecase.round.RequestWithdraw;
import org.balsam.usecase.round.ReviseRound;
import org.balsam.usecase.round.RevisionType;
import org.balsam.usecase.round.RoundView;
import org.balsam.usecase.round.Rounds;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people can ask of a round besides its tasks. */
@RestController
@Tag(name = "rounds")
@RequestMapping("/api/v1/projects/{project}/rounds/{round}")
class RoundRequestController {

  private final RequestCancel cancel;
  private final RequestWithdraw withdraw;
  private final RequestPostponement postpone;
  private final ReviseRound revise;
  private final Rounds rounds;
  private final Creation creation;

  RoundRequestController(
      RequestCancel cancel,
      RequestWithdraw withdraw,
      RequestPostponement postpone,
      ReviseRound revise,
      Rounds rounds,
      Creation creation) {
    this.cancel = cancel;
    this.withdraw = withdraw;
    this.postpone = postpone;
    this.revise = revise;
    this.rounds = rounds;
    this.creation = creation;
  }

  /** Why; kept for good. */
  record Reason(@NotNull String reason) {}

  /** Another moment of release, and why; the reason is kept for good. */
  record Postponement(@NotNull Instant releaseAt, @NotNull String reason) {}

  /**
   * A revision.
   *
   * @param type routine, major or non-scheduled
   * @param reason shown to the public
   * @param plannedRelease the moment in the release calendar; nothing is released before it
   */
  record RevisionRequest(
      @NotNull RevisionType type, @NotNull String reason, @Nullable Instant plannedRelease) {}

  @Operation(summary = "End a round before its release")
  @PostMapping("/cancel")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancelRound(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @Valid @RequestBody Reason body) {
    cancel.handle(
        new RequestCancel.Command(
            RoundController.readable(project, round), body.reason(), actor()));
  }

  @Operation(summary = "Take back what a round published")
  @PostMapping("/withdraw")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void withdrawRound(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @Valid @RequestBody Reason body) {
    withdraw.handle(
        new RequestWithdraw.Command(
            RoundController.readable(project, round), body.reason(), actor()));
  }

  @Operation(summary = "Release an embargoed round later than announced")
  @PostMapping("/postpone")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void postponeRound(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @Valid @RequestBody Postponement body) {
    postpone.handle(
        new RequestPostponement.Command(
            RoundController.readable(project, round), body.releaseAt(), body.reason(), actor()));
  }

  @Operation(summary = "Start the next revision of a released round")
  @PostMapping("/revise")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<RoundView> reviseRound(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody RevisionRequest body) {
    var command =
        new ReviseRound.Command(
            RoundController.readable(project, round),
            body.type(),
            body.reason(),
            actor(),
            body.plannedRelease());
    return creation.answer(
        key,
        RoundController.path(round) + "/revise",
        body,
        () -> RoundController.path(revise.handle(command).round()),
        location -> rounds.get(RoundController.idIn(location)));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
