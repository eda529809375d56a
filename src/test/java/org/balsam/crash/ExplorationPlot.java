package org.balsam.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.crash.CrashPoint.Moment;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.Manifest;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;

/** Explorations that are refused, transferred to a project, and transferred to a new project. */
final class ExplorationPlot extends Plot {

  private static final String TRANSFER =
      """
      method-version: v1.0.0
      tests: tests
      datasheet: DATASHEET.md
      runbook: RUNBOOK.md
      owner: owner
      production:
      """;

  private final ProjectId project;
  private final Moment moment;
  private final String api;
  private final String subject;
  private final Set<String> pushed = new HashSet<>();

  ExplorationPlot(World world, ProjectId project, Moment moment) {
    super(world);
    this.project = project;
    this.moment = moment;
    this.api = "/api/v1/projects/" + project + "/explorations";
    this.subject = project + "-explore-";
  }

  @Override
  List<String> models() {
    return List.of("exploration");
  }

  @Override
  void prepare() {
    world.project(project, "exploration", "internal");
  }

  @Override
  List<Scene> scenes() {
    return List.of(
        scene(
            "refused",
            () -> request("large", "offline"),
            "REFUSED",
            "grantDatasets",
            "classifyData",
            "judgeExploration",
            "remindOfApproveExploration",
            "refuseExploration"),
        scene("withdrawn", () -> request("large", "offline"), "WITHDRAWN", "withdrawExploration"),
        scene(
            "transferred",
            () -> request("small", "internet"),
            "ENDED",
            "remindOfApproveDataUse",
            "openWorkspace",
            "planTerm",
            "suspendWorkspace",
            "resumeWorkspace",
            "checkActivity",
            "remindOfRenewOrEnd",
            "awaitOutcome",
            "remindOfDecideOutcome",
            "checkDeliverables",
            "proposeChange",
            "archiveWorkspace",
            "removeWorkspace"),
        scene("founding", () -> request("small", "offline"), "ENDED", "requestProject"));
  }

  private Scene scene(String name, Runnable begin, String end, String... tasks) {
    return new Scene(
        name, subject, begin, () -> row("state").equals(end), at(subject, moment, tasks));
  }

  /** A column of the newest exploration. */
  private String row(String column) {
    return world.value(
        "select "
            + column
            + " from exploration where project = ? order by requested_at desc limit 1",
        project.value());
  }

  private void request(String hardware, String network) {
    world.post(
        "subject",
        api,
        Map.of(
            "title",
            "Unusual months",
            "purpose",
            "Find months to explain",
            "hardware",
            hardware,
            "network",
            network,
            "endDate",
            LocalDate.now(ZoneOffset.UTC).plusDays(30).toString()));
  }

  @Override
  void provoke(Scene scene, Kill kill) {
    switch (kill.task()) {
      case "suspendWorkspace" -> ask("suspend", Map.of("reason", "a break"));
      case "resumeWorkspace" -> ask("resume", Map.of());
      case "withdrawExploration" -> ask("end", Map.of());
      case "checkActivity" -> world.elapse(subject, "timerCatch_idleTimeReached");
      case "remindOfRenewOrEnd" -> world.elapse(subject, "timerCatch_reminderReached");
      default -> end(scene);
    }
  }

  @Override
  void wrapUp(Scene scene) {
    end(scene);
  }

  /** The last exploration is ended before its time. */
  private void end(Scene scene) {
    if (scene.name().equals("founding") && row("state").equals("ACTIVE")) {
      ask("end", Map.of());
    }
  }

  private void ask(String what, Map<String, ?> body) {
    world.ask("subject", api + "/" + row("id") + "/" + what, body);
  }

  @Override
  @Nullable Answer answer(Scene scene, String activity) {
    return switch (activity) {
      case "userTask_approveExploration" ->
          scene.name().equals("refused")
              ? new Answer(
                  "owner", Map.of("approvalDecision", "reject", "approvalReason", "too dear"))
              : null;
      case "userTask_approveDataUse" ->
          new Answer("steward", Map.of("approvalDecision", "approve"));
      case "userTask_renewOrEnd" -> new Answer("owner", Map.of("renewalDecision", "end"));
      case "userTask_decideOutcome" -> transfer(scene);
      default -> null;
    };
  }

  private Answer transfer(Scene scene) {
    var target =
        scene.name().equals("founding")
            ? "  project: %s\n  template: exploration\n  name: A new one\n".formatted(founded())
            : "  project: %s\n".formatted(project);
    if (pushed.add(row("id"))) {
      var files = new HashMap<String, byte[]>();
      files.put("tests/a.py", "assert True".getBytes(UTF_8));
      files.put("DATASHEET.md", "What it is".getBytes(UTF_8));
      files.put("RUNBOOK.md", "How to run it".getBytes(UTF_8));
      files.put("transfer.yaml", (TRANSFER + target).getBytes(UTF_8));
      var author = new Forge.Author("Subject", "subject@example.invalid");
      world.forge().commit(project, row("branch"), new Forge.Change(files, "work", author, false));
    }
    return new Answer("subject", Map.of("outcomeDecision", "transfer"));
  }

  private String founded() {
    return "new-" + project;
  }

  @Override
  void assertOnce() throws IOException, GitAPIException {
    assertNothingRepeated(project, "^exploration[.]");
    assertThat(world.column("select state from project where id = ?", founded()))
        .containsExactly("REQUESTED");
    for (var id :
        world.column(
            "select id from exploration where state = 'ENDED' and project = ?", project.value())) {
      assertArchivedOnce(new ExplorationId(id));
    }
    assertProposedOnce();
    for (var folder : List.of("workspaces", "workspaces/.services")) {
      assertThat(children(folder)).as("what is left in " + folder).isEmpty();
    }
  }

  private void assertProposedOnce() throws IOException, GitAPIException {
    var proposals =
        world.forge().refs(project).keySet().stream()
            .filter(ref -> ref.startsWith("refs/heads/work/"))
            .toList();
    assertThat(proposals).hasSize(1);
    assertThat(messages(project, proposals.get(0).substring("refs/heads/".length())))
        .filteredOn(message -> message.startsWith("Propose the result"))
        .hasSize(1);
  }

  private void assertArchivedOnce(ExplorationId id) throws IOException, GitAPIException {
    var archive = world.value("select archive from exploration where id = ?", id.value());
    assertOneVersion(Manifest.Reference.parse(archive).bucket(), "lab/" + id + "/workspace.zip");
    var branch = world.value("select branch from exploration where id = ?", id.value());
    assertThat(messages(project, branch)).doesNotHaveDuplicates();
  }

  private List<String> children(String folder) throws IOException {
    var path = world.home().resolve(folder).resolve(project.value());
    if (!Files.exists(path)) {
      return List.of();
    }
    try (var children = Files.list(path)) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }
}
