package org.balsam.usecase.round;

import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.standard.step.StepBook;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads rounds. Whoever calls has checked that the reader is a member of the project. */
@Component
@Transactional(readOnly = true)
public class Rounds {

  private final RoundRepository rounds;
  private final RoundRows rows;
  private final RoundViews views;
  private final StepBook book;
  private final ObjectStore store;

  Rounds(
      RoundRepository rounds, RoundRows rows, RoundViews views, StepBook book, ObjectStore store) {
    this.rounds = rounds;
    this.rows = rows;
    this.views = views;
    this.book = book;
    this.store = store;
  }

  /**
   * Which rounds of a project.
   *
   * @param period null for all
   * @param states empty for all
   * @param limit 1 to 200
   */
  public record Filter(@Nullable Period period, Set<RoundState> states, int limit) {
    public Filter {
      states = Set.copyOf(states);
      Page.limit(limit);
    }
  }

  /**
   * A file to read.
   *
   * @param size bytes
   * @param content verified while it is read; the caller closes it
   */
  public record Download(String fileName, long size, Sha256 sha256, InputStream content) {}

  /**
   * A page of a project's rounds, newest period and revision first.
   *
   * @param cursor null for the first page
   */
  public Page<RoundSummary> page(ProjectId project, Filter filter, @Nullable String cursor) {
    var from = Page.after(cursor, RoundId::parse);
    var found =
        rounds.page(
            project.value(),
            filter.states.isEmpty() ? EnumSet.allOf(RoundState.class) : filter.states,
            filter.period == null ? "" : filter.period.value(),
            from == null ? "" : from.period().value(),
            from == null ? 0 : from.revision(),
            Limit.of(filter.limit + 1));
    return Page.of(found, filter.limit, round -> round.id).map(RoundViews::summary);
  }

  /**
   * A round.
   *
   * @throws NotFound when there is none
   */
  public RoundView get(RoundId round) {
    return views.of(rows.round(round));
  }

  /**
   * The evidence of a released round.
   *
   * @throws NotFound before it is sealed
   */
  public Download evidence(RoundId id) {
    var round = rows.round(id);
    if (round.bundle == null) {
      throw new NotFound(
          "round %s is %s; its evidence is there after the release"
              .formatted(id, round.state.value()));
    }
    var reference = Manifest.Reference.parse(round.bundle);
    var object =
        store
            .find(reference.bucket(), reference.key(), reference.versionId())
            .orElseThrow(() -> new NotFound("the evidence of round " + id + " is gone"));
    var content =
        new VerifiedContent(
            reference.bucket(),
            reference.key(),
            reference.versionId(),
            object.size(),
            reference.sha256());
    return new Download(
        EvidenceBundle.fileName(id), object.size(), reference.sha256(), content.open(store));
  }

  /**
   * One output of the round's newest run: what a reviewer looks at before the release.
   *
   * @param dataset {@code out/employment}
   * @throws NotFound when the run wrote no such file
   */
  public Download output(RoundId id, String dataset, String file) {
    var run = RunEntity.id(id, rows.round(id).run);
    return book.outputs(run).stream()
        .filter(output -> output.dataset().equals(dataset) && output.file().equals(file))
        .findFirst()
        .map(
            output ->
                new Download(file, output.size(), output.sha256(), output.content().open(store)))
        .orElseThrow(
            () ->
                new NotFound(
                    "the newest run of round %s wrote no file '%s' to %s"
                        .formatted(id, file, dataset)));
  }
}
