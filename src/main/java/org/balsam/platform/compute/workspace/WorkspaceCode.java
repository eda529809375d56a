package org.balsam.platform.compute.workspace;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.compute.runner.CodeFetch;

/**
 * Where the code of a workspace comes from.
 *
 * @param repository where a project's code is fetched from
 * @param fetch writes the files of one commit
 * @param link makes them a working copy
 */
public record WorkspaceCode(
    Function<ProjectId, URI> repository, CodeFetch fetch, WorkingCopyLink link) {

  /** Makes files of a branch a working copy of it. */
  @FunctionalInterface
  public interface WorkingCopyLink {
    /** Puts a {@code .git} beside the files. */
    void link(URI repository, String branch, Path files);
  }

  void place(WorkspaceSpec spec, Path target) {
    var uri = repository.apply(spec.project());
    fetch.fetch(uri, spec.commit(), target);
    if (spec.interactive()) {
      link.link(uri, spec.branch(), target);
    }
  }
}
