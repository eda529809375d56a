package org.balsam.usecase.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The newest closing of a project.
 *
 * @param attempt counts requests, from 1
 * @param reason why it is asked for
 * @param decidedBy who approved or rejected it; null before
 * @param outcome why it was rejected or failed; null otherwise
 * @param members roles by person when the project was frozen; empty before
 * @param archive what was archived; empty before
 */
public record ProjectClosure(
    ProjectId project,
    int attempt,
    ClosureStage stage,
    String reason,
    String requestedBy,
    Instant requestedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String outcome,
    @JsonIgnore Map<String, Set<Role>> members,
    List<ArchivedFile> archive) {

  public ProjectClosure {
    members = Map.copyOf(members);
    archive = List.copyOf(archive);
  }

  /**
   * A file of the archive in the bucket {@code prov}.
   *
   * @param size in bytes
   */
  public record ArchivedFile(String key, String version, long size, Sha256 sha256) {}
}
