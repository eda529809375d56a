package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.Map;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.model.ReportDrift;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Drift alarms: what monitoring measured on the data that a champion meets. */
@RestController
@Tag(name = "trainings")
@RequestMapping("/api/v1/projects/{project}/models/{model}/drift")
class DriftController {

  private final ReportDrift reportDrift;

  DriftController(ReportDrift reportDrift) {
    this.reportDrift = reportDrift;
  }

  /**
   * A measurement.
   *
   * @param period the reference period of the new data
   * @param psi population stability index by feature, or of the {@code predictions}; 0 to 1000
   */
  record DriftMeasurement(@NotNull Period period, @NotNull Map<String, BigDecimal> psi) {}

  @Operation(summary = "Report how far data have drifted; beyond psi-block the model is trained")
  @PostMapping
  ReportDrift.Result reportDrift(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @Valid @RequestBody DriftMeasurement body) {
    return reportDrift.handle(
        new ReportDrift.Command(
            project, model, body.period(), body.psi(), CallContext.current().actor()));
  }
}
