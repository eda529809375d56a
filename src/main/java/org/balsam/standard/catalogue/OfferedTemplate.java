package org.balsam.standard.catalogue;

import org.balsam.platform.compute.WorkspaceRuntime.Manifests;
import org.balsam.standard.workspace.WorkspaceManifests;
import org.balsam.standard.workspace.WorkspaceTemplate;

/**
 * A template that was tried and can be used.
 *
 * @param source where it comes from: {@code built-in}, {@code folder}, {@code git methods}
 */
public record OfferedTemplate(WorkspaceTemplate template, String source) {

  /** Manifests in the words of the runtime that starts them. */
  public static Manifests manifests(WorkspaceManifests made) {
    return new Manifests(made.objects(), made.url(), made.secret(), made.secretKeys());
  }
}
