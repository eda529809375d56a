package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.dataset.DatasetCatalogue;
import org.balsam.usecase.dataset.DatasetSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What datasets a project has. */
@RestController
@Tag(name = "datasets")
@RequestMapping("/api/v1/projects/{project}/datasets")
class DatasetListController {

  private final DatasetCatalogue catalogue;

  DatasetListController(DatasetCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Operation(summary = "The datasets that have a frozen version, by id")
  @GetMapping
  Page<DatasetSummary> listDatasets(
      @PathVariable ProjectId project,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return catalogue.datasets(project, limit, cursor, CallContext.current().actor());
  }
}
