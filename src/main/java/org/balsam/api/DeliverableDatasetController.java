package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.dataset.DeliverableDatasets;
import org.balsam.usecase.dataset.DeliverableDatasets.DeliverableDataset;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a delivery may name: the raw datasets that a project declares. */
@RestController
@Tag(name = "datasets")
class DeliverableDatasetController {

  private final DeliverableDatasets datasets;

  DeliverableDatasetController(DeliverableDatasets datasets) {
    this.datasets = datasets;
  }

  @Operation(
      summary =
          "The raw datasets that the project's newest method declares, with what was delivered")
  @GetMapping("/api/v1/projects/{project}/deliverable-datasets")
  List<DeliverableDataset> listDeliverableDatasets(@PathVariable ProjectId project) {
    return datasets.of(project, CallContext.current().actor());
  }
}
