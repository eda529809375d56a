package org.balsam.usecase.lab;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.yaml.Shown;
import org.springframework.stereotype.Component;

/**
 * Reads the branches that people work on: the default branch and those that were made for it.
 * Branches of rounds, and what people made with Git alone, are not among them. For members only.
 */
@Component
public class Branches {

  private final BranchLedger ledger;
  private final Forge forge;

  Branches(BranchLedger ledger, Forge forge) {
    this.ledger = ledger;
    this.forge = forge;
  }

  /**
   * A file or folder of a branch.
   *
   * @param path relative to the repository
   */
  public record Entry(String path, boolean isFolder) {}

  /**
   * The branches of each project, the default branch first. Who may know the projects was checked
   * by who asks.
   */
  public Map<ProjectId, List<BranchView>> of(Collection<ProjectId> projects) {
    var made =
        ledger.ready(projects).stream()
            .map(BranchLedger.Row::view)
            .collect(Collectors.groupingBy(BranchView::project));
    return projects.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                project ->
                    Stream.concat(
                            Stream.of(BranchView.main(project)),
                            made.getOrDefault(project, List.of()).stream())
                        .toList()));
  }

  /**
   * One branch.
   *
   * @throws NotFound when there is none that can be worked on
   */
  public BranchView get(ProjectId project, String id, Actor actor) {
    actor.requireMemberOf(project);
    return find(project, id);
  }

  /**
   * Keeps a branch from being removed until the transaction ends.
   *
   * @throws NotFound when there is none that can be worked on
   */
  BranchView requireReady(ProjectId project, String id) {
    ledger.lock(project, id);
    return find(project, id);
  }

  private BranchView find(ProjectId project, String id) {
    return id.equals(BranchNames.MAIN)
        ? BranchView.main(project)
        : ledger
            .find(project, id)
            .filter(row -> row.state() == BranchLedger.State.READY)
            .map(BranchLedger.Row::view)
            .orElseThrow(() -> unknown(project, id));
  }

  /**
   * The branch that another one is to begin at.
   *
   * @throws NotFound when there is none that can be worked on
   */
  BranchView start(ProjectId project, String id) {
    try {
      return find(project, id);
    } catch (NotFound unknown) {
      throw new NotFound(
          unknown.getMessage()
              + "; fromBranch is the id of one of its branches, or the name of its default branch");
    }
  }

  /** The files and folders at the branch's tip, by path. */
  public List<Entry> files(ProjectId project, String id, Actor actor) {
    var files = forge.list(project, tip(get(project, id, actor)));
    var folders =
        files.stream().flatMap(Branches::folders).distinct().map(path -> new Entry(path, true));
    return Stream.concat(folders, files.stream().map(path -> new Entry(path, false)))
        .sorted(java.util.Comparator.comparing(Entry::path))
        .toList();
  }

  /**
   * A file at the branch's tip.
   *
   * @throws NotFound when there is none
   * @throws org.balsam.kernel.Invalid for a file larger than 16 MiB
   */
  public byte[] read(ProjectId project, String id, String path, Actor actor) {
    return forge
        .read(project, tip(get(project, id, actor)), path)
        .orElseThrow(() -> new NotFound("the branch has no such file"));
  }

  /**
   * Where the project's people clone its repository from: an address, or a path of Balsam's own,
   * which serves the repositories that it keeps itself; empty while the forge does not answer.
   */
  public Optional<String> cloneUrl(ProjectId project, Actor actor) {
    actor.requireMemberOf(project);
    try {
      var uri = forge.cloneUri(project);
      return Optional.of(
          "file".equals(uri.getScheme()) ? "/git/" + project + ".git" : uri.toString());
    } catch (ExternalFailure unknownNow) {
      return Optional.empty();
    }
  }

  private String tip(BranchView branch) {
    return forge
        .resolve(branch.project(), branch.gitBranch())
        .orElseThrow(() -> unknown(branch.project(), branch.id()));
  }

  private static Stream<String> folders(String file) {
    return Stream.iterate(
            file.lastIndexOf('/'), end -> end > 0, end -> file.lastIndexOf('/', end - 1))
        .map(end -> file.substring(0, end));
  }

  static NotFound unknown(ProjectId project, String id) {
    return new NotFound("the project '%s' has no branch '%s'".formatted(project, Shown.of(id)));
  }
}
