package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.usecase.incident.OpenIncidents;
import org.balsam.usecase.incident.RetryIncidents;
import org.balsam.usecase.project.ProjectStorage;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an operator looks after: what stands still, and what is stored. */
@RestController
@Tag(name = "platform")
@RequestMapping("/api/v1/platform")
class OperationsController {

  private final OpenIncidents incidents;
  private final RetryIncidents retry;
  private final ProjectStorage storage;

  OperationsController(OpenIncidents incidents, RetryIncidents retry, ProjectStorage storage) {
    this.incidents = incidents;
    this.retry = retry;
    this.storage = storage;
  }

  /**
   * What to try again.
   *
   * @param incidents 1 to 200 ids
   */
  record IncidentRetry(@NotNull List<@NotNull String> incidents) {}

  /**
   * What became of one of them.
   *
   * @param outcome {@code queued}: the engine tries once more; {@code gone}: somebody else has
   *     dealt with it; {@code not-a-job}: one more attempt cannot help
   */
  record IncidentAnswer(
      String incident, @Schema(allowableValues = {"queued", "gone", "not-a-job"}) String outcome) {

    static IncidentAnswer of(RetryIncidents.Answer answer) {
      return new IncidentAnswer(
          answer.incident(), answer.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  @Operation(
      summary = "What stands still because it failed too often, by cause",
      description =
          "For administrators of the platform. The newest 1,000 incidents are grouped by their"
              + " messages without names, moments and long numbers; each group lists its newest"
              + " 50.")
  @GetMapping("/incidents")
  OpenIncidents.Overview listIncidents() {
    return incidents.overview(actor());
  }

  @Operation(
      summary = "Have the engine try once more what failed",
      description =
          "For administrators of the platform. Each incident is taken by itself, and repeating the"
              + " request is harmless.")
  @PostMapping("/incidents/retry")
  List<IncidentAnswer> retryIncidents(@Valid @RequestBody IncidentRetry body) {
    return retry.handle(new RetryIncidents.Command(body.incidents(), actor())).stream()
        .map(IncidentAnswer::of)
        .toList();
  }

  @Operation(
      summary = "How much each project stores, and may store, by id",
      description = "For administrators of the platform.")
  @GetMapping("/storage")
  Page<ProjectStorage.Stored> listStorage(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return storage.page(cursor, limit, actor());
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
