package org.balsam.standard.catalogue;

import java.util.List;
import java.util.Map;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.standard.workspace.WorkspaceManifests;
import org.balsam.standard.workspace.WorkspaceTemplateProof;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Whether workspaces of this installation can be made from manifests. Safe from any thread. */
@Component
class ManifestCheck {

  private static final String NO_COMMIT = "0".repeat(40);

  private final ObjectProvider<WorkspaceRuntime> runtime;

  /** Asks for the runtime when there are manifests, which most installations have none of. */
  ManifestCheck(ObjectProvider<WorkspaceRuntime> runtime) {
    this.runtime = runtime;
  }

  /**
   * Holds those of one workspace against what the runtime allows.
   *
   * @throws Invalid with each place and what is allowed there
   */
  void check(WorkspaceManifests example) {
    runtime
        .getObject()
        .check(
            new WorkspaceSpec(
                example.workspace(),
                WorkspaceTemplateProof.PROJECT,
                "main",
                NO_COMMIT,
                List.of(),
                NetworkClass.OFFLINE,
                true,
                Map.of(),
                null,
                OfferedTemplate.manifests(example)));
  }
}
