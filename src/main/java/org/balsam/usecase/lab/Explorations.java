package org.balsam.usecase.lab;

import java.io.InputStream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads explorations. For members only. */
@Component
@Transactional(readOnly = true)
public class Explorations {

  private final ExplorationRepository explorations;
  private final ObjectStore store;

  Explorations(ExplorationRepository explorations, ObjectStore store) {
    this.explorations = explorations;
    this.store = store;
  }

  /** The project's explorations by id, those that are over included. */
  public Page<ExplorationView> page(
      ProjectId project, int limit, @Nullable String cursor, Actor actor) {
    actor.requireMemberOf(project);
    var rows =
        explorations.page(
            project.value(), cursor == null ? "" : cursor, Limit.of(Page.limit(limit) + 1));
    return Page.of(rows, limit, row -> row.id).map(ExplorationView::of);
  }

  /**
   * One exploration.
   *
   * @throws NotFound when there is none, or the actor may not know it
   */
  public ExplorationView get(ExplorationId id, Actor actor) {
    actor.requireMemberOf(id.project());
    return ExplorationView.of(explorations.get(id));
  }

  /**
   * What people made in the workspace, as a ZIP, verified while it is read; the caller closes it.
   *
   * @throws NotFound before it is archived
   */
  public InputStream archive(ExplorationId id, Actor actor) {
    actor.requireMemberOf(id.project());
    var archive = explorations.get(id).archive;
    if (archive == null) {
      throw new NotFound("the workspace of " + id + " is not archived yet");
    }
    var at = Manifest.Reference.parse(archive);
    var size =
        store
            .find(at.bucket(), at.key(), at.versionId())
            .orElseThrow(() -> new NotFound("the archive of " + id + " is gone"))
            .size();
    return new VerifiedContent(at.bucket(), at.key(), at.versionId(), size, at.sha256())
        .open(store);
  }
}
