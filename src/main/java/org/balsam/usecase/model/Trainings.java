package org.balsam.usecase.model;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;
import org.balsam.standard.step.StepBook;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads trainings. Whoever calls has checked that the reader is a member of the project. */
@Component
@Transactional(readOnly = true)
public class Trainings {

  private static final int TAIL = 1 << 18;

  private final TrainingRepository trainings;
  private final TrainingRows rows;
  private final TrainingViews views;
  private final TrainingDocuments documents;
  private final StepBook book;
  private final JobRuntime runtime;
  private final ObjectStore store;

  Trainings(
      TrainingRepository trainings,
      TrainingRows rows,
      TrainingViews views,
      TrainingDocuments documents,
      StepBook book,
      JobRuntime runtime,
      ObjectStore store) {
    this.trainings = trainings;
    this.rows = rows;
    this.views = views;
    this.documents = documents;
    this.book = book;
    this.runtime = runtime;
    this.store = store;
  }

  /**
   * Which trainings of a project.
   *
   * @param model null for all
   * @param states empty for all
   * @param limit 1 to 200
   */
  public record Filter(@Nullable ModelName model, Set<TrainingState> states, int limit) {
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
   * A page of a project's trainings, newest first.
   *
   * @param cursor null for the first page
   */
  public Page<TrainingSummary> page(ProjectId project, Filter filter, @Nullable String cursor) {
    var before = Page.after(cursor, TrainingId::parse);
    var found =
        trainings.page(
            project.value(),
            filter.states.isEmpty() ? EnumSet.allOf(TrainingState.class) : filter.states,
            filter.model == null ? "" : filter.model.value(),
            before == null ? "" : before.value(),
            Limit.of(filter.limit + 1));
    return Page.of(found, filter.limit, training -> training.id).map(TrainingViews::summary);
  }

  /**
   * A training.
   *
   * @throws NotFound when there is none
   */
  public TrainingView get(TrainingId training) {
    return views.of(rows.training(training));
  }

  /**
   * The log of a step: all of it once the step has ended, the last 256 KiB before.
   *
   * @throws NotFound when the training has no such step
   */
  public String log(TrainingId training, JobId job) {
    var step = book.step(job);
    if (!rows.run(step.run()).training.equals(training.value())) {
      throw new NotFound("there is no step of training " + training + " with the job " + job);
    }
    return step.log() == null
        ? runtime.logTail(job, TAIL)
        : new String(documents.read(step.log()), StandardCharsets.UTF_8);
  }

  /**
   * The evidence of a promotion.
   *
   * @throws NotFound before it is sealed
   */
  public Download evidence(TrainingId id) {
    var training = rows.training(id);
    if (training.bundle == null) {
      throw new NotFound(
          "training %s is %s; its evidence is there after the promotion"
              .formatted(id, training.state.value()));
    }
    var reference = Manifest.Reference.parse(training.bundle);
    var object =
        store
            .find(reference.bucket(), reference.key(), reference.versionId())
            .orElseThrow(() -> new NotFound("the evidence of training " + id + " is gone"));
    var content =
        new VerifiedContent(
            reference.bucket(),
            reference.key(),
            reference.versionId(),
            object.size(),
            reference.sha256());
    return new Download(
        TrainingBundle.fileName(id), object.size(), reference.sha256(), content.open(store));
  }
}
