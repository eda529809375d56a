package org.balsam.usecase.lab;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.Manifests;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.platform.identity.Directory;
import org.balsam.standard.catalogue.OfferedTemplate;
import org.balsam.standard.workspace.WorkspaceRendering;
import org.balsam.standard.workspace.WorkspaceValues;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The manifests of explorations whose template has some. They are filled in when a workspace is
 * asked for, so that it is made from what was approved, and kept until its end. They hold no
 * secrets.
 */
@Component
class ExplorationManifests {

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private final JdbcClient jdbc;
  private final WorkspaceRuntime runtime;
  private final Directory directory;
  private final Installation installation;
  private final LabProperties properties;

  ExplorationManifests(
      JdbcClient jdbc,
      WorkspaceRuntime runtime,
      Directory directory,
      Installation installation,
      LabProperties properties) {
    this.jdbc = jdbc;
    this.runtime = runtime;
    this.directory = directory;
    this.installation = installation;
    this.properties = properties;
  }

  /**
   * Fills them in and keeps them, when there are any.
   *
   * @param branch the name of the branch that the workspace belongs to
   * @throws Invalid with each place that is not allowed
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when there is no machine of the size
   */
  void make(ExplorationEntity row, WorkspaceTemplates.Choice choice, String branch, Actor actor) {
    var manifests =
        choice.template().isService()
            ? null
            : OfferedTemplate.manifests(
                WorkspaceRendering.render(
                    choice.template(), values(row, branch, actor), choice.parameters()));
    runtime.check(
        new WorkspaceSpec(
            row.workspace,
            row.explorationId().project(),
            row.branch,
            "",
            List.of(),
            row.network,
            true,
            Map.of(),
            properties.size(row.hardware),
            manifests));
    if (manifests != null) {
      keep(row, JobJson.write(manifests));
    }
  }

  private void keep(ExplorationEntity row, byte[] manifests) {
    if (manifests.length > MOST_BYTES) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "/templateId",
          "makes manifests of more than 1 MiB together; make its ConfigMaps smaller");
    }
    jdbc.sql("insert into balsam.exploration_manifests values (:exploration, :manifests)")
        .param("exploration", row.id)
        .param("manifests", new String(manifests, StandardCharsets.UTF_8))
        .update();
  }

  private WorkspaceValues values(ExplorationEntity row, String branch, Actor actor) {
    var mail =
        directory
            .person(actor.id())
            .map(Directory.Person::email)
            .filter(given -> MAIL.matcher(given).matches())
            .orElse(actor.id() + "@" + installation.organisation() + ".invalid");
    return new WorkspaceValues(
        installation,
        row.explorationId().project(),
        row.project,
        row.branch,
        branch,
        row.workspace,
        row.title,
        actor.id(),
        mail);
  }

  /** Those of an exploration; empty for Balsam's own service. */
  Optional<Manifests> of(ExplorationEntity row) {
    return jdbc.sql(
            "select manifests from balsam.exploration_manifests where exploration = :exploration")
        .param("exploration", row.id)
        .query(String.class)
        .optional()
        .map(text -> JobJson.read(row.id, text.getBytes(StandardCharsets.UTF_8), Manifests.class));
  }

  /** Forgets them. Idempotent. */
  void remove(ExplorationEntity row) {
    jdbc.sql("delete from balsam.exploration_manifests where exploration = :exploration")
        .param("exploration", row.id)
        .update();
  }
}
