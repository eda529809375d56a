package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.usecase.round.PublishedSeries;
import org.balsam.usecase.round.RoundSeries;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The figures that a round releases, as time series. */
@RestController
@Tag(name = "rounds")
@RequestMapping("/api/v1/projects/{project}/rounds/{round}/series")
class RoundSeriesController {

  private final PublishedSeries series;
  private final AuditTrail trail;

  RoundSeriesController(PublishedSeries series, AuditTrail trail) {
    this.series = series;
    this.trail = trail;
  }

  @Operation(summary = "A time series that the round releases, with its earlier vintages; recorded")
  @GetMapping
  RoundSeries getRoundSeries(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @RequestParam(required = false) @Nullable String dataset,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(defaultValue = "6") int vintages,
      @RequestParam(defaultValue = "40") int periods) {
    var id = RoundController.readable(project, round);
    var found = series.read(new PublishedSeries.Query(id, dataset, name, vintages, periods));
    trail.recordSeparately(
        AuditEntry.done("output.read", project.value(), round.value())
            .with("series", found.name())
            .with(
                "files",
                found.vintages().stream()
                    .map(
                        vintage ->
                            Map.of(
                                "round", vintage.round().value(),
                                "file", vintage.file(),
                                "sha256", vintage.sha256().value()))
                    .toList()));
    return found;
  }
}
