package org.balsam.standard.catalogue;

import java.time.Duration;
import java.util.List;
import org.balsam.kernel.BackgroundLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Fetches the repositories of templates after the start, until each was there once. */
@Component
class CatalogueLoop extends BackgroundLoop {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogueLoop.class);

  private final WorkspaceCatalogue catalogue;
  private List<RefusedTemplate> told = List.of();

  CatalogueLoop(CatalogueProperties properties, WorkspaceCatalogue catalogue) {
    super(
        "workspace-templates",
        "Templates of workspaces could not be fetched",
        Duration.ZERO,
        properties.retry());
    this.catalogue = catalogue;
  }

  @Override
  protected void round() {
    tell();
    catalogue.fetch();
    tell();
  }

  private void tell() {
    var refused = catalogue.refused();
    refused.stream()
        .filter(one -> !told.contains(one))
        .forEach(one -> LOG.warn("A template of workspaces is refused: {}", one));
    told = refused;
  }
}
