package org.balsam.cli;

import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Probe;
import org.balsam.kernel.Rejection;
import org.balsam.standard.catalogue.RefusedTemplate;
import org.balsam.standard.catalogue.WorkspaceCatalogue;

/** Reads every source of workspace templates, and says which templates are refused. */
record WorkspaceTemplatesProbe(WorkspaceCatalogue catalogue) implements Probe {

  @Override
  public String port() {
    return "templates";
  }

  @Override
  public String target() {
    return "of workspaces: built-in, balsam.workspace-templates";
  }

  @Override
  public void check() {
    catalogue.fetch();
    if (!catalogue.refused().isEmpty()) {
      throw new Rejection(
          ErrorCode.INVALID_INPUT,
          catalogue.refused().stream()
              .map(RefusedTemplate::toString)
              .collect(Collectors.joining("\n")));
    }
  }
}
