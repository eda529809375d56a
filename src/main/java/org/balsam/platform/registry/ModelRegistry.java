package org.balsam.platform.registry;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;
import org.jspecify.annotations.Nullable;

/**
 * Registered versions of trained models and the aliases that say which of them is in use.
 *
 * <p>Everything belongs to a project; a version of another project is not found. A version is
 * immutable but for its alias, and for its evidence while it is candidate. All calls block, those
 * that write or verify files as long as it takes to read them whole, and may be made from any
 * thread and node; none waits for a person. Rows are written in the caller's transaction where
 * there is one, and a {@link org.balsam.kernel.Rejection} leaves it usable. Files are written
 * before rows: what a killed process left behind is invisible, and repeating the call completes it.
 * Trouble of database or storage is an {@link org.balsam.kernel.ExternalFailure} or Spring's {@code
 * DataAccessException}. "Not found" is an empty {@link Optional} or page where the signature says
 * so and {@link org.balsam.kernel.NotFound} elsewhere.
 */
public interface ModelRegistry {

  /**
   * Stores the files and makes the next version of the model, as candidate. Idempotent per
   * training: the same files give the version that is there, whatever {@code change} says and
   * whatever evidence it has by now.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when the training registered other files or
   *     another model, DATA_CHANGED when the bytes of a source are not those on record
   */
  RegisteredModel register(Registration registration);

  /**
   * Replaces the evidence that a decision on a candidate is made on. A file called {@value
   * ModelFile#CARD} replaces the model card. Idempotent: the same files change nothing, whatever
   * the version's alias.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   * @throws org.balsam.kernel.Rejection WRONG_STATE when the version is no candidate any more
   */
  RegisteredModel attachEvidence(
      ProjectId project, ModelVersionId version, List<ModelSource> files);

  /** One version. */
  Optional<RegisteredModel> find(ProjectId project, ModelVersionId version);

  /** What the training registered. */
  Optional<RegisteredModel> find(TrainingId training);

  /**
   * The models of a project, ordered by name.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, null for the first
   */
  Page<ModelSummary> models(ProjectId project, int limit, @Nullable String cursor);

  /** One model. */
  Optional<ModelSummary> model(ProjectId project, ModelName model);

  /**
   * The versions of a model, highest first.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, null for the first
   */
  Page<RegisteredModel> versions(
      ProjectId project, ModelName model, int limit, @Nullable String cursor);

  /**
   * The version that has an alias: the champion, the highest candidate, or the version that was
   * archived last.
   */
  Optional<RegisteredModel> alias(ProjectId project, ModelName model, Alias alias);

  /**
   * The champion, which nobody changes until the caller's transaction ends.
   *
   * @throws org.balsam.kernel.NotFound when there is none
   */
  RegisteredModel lockChampion(ProjectId project, ModelName model);

  /**
   * How the aliases of a model moved, latest first.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, null for the first
   */
  Page<AliasMove> history(ProjectId project, ModelName model, int limit, @Nullable String cursor);

  /**
   * Reads every file of the version, card and evidence too.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   * @throws org.balsam.kernel.Rejection ARTEFACT_CHANGED or EVIDENCE_CHANGED when bytes in storage
   *     are not those that were registered; it names the file
   */
  void verify(ProjectId project, ModelVersionId version);

  /**
   * Makes a candidate the champion and archives the champion before, provided that everything is as
   * it was approved. Idempotent under its key. Of several that expect the same champion one wins.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   * @throws org.balsam.kernel.Rejection ARTEFACT_CHANGED or EVIDENCE_CHANGED when the version has
   *     other checksums than were approved or its bytes in storage changed, CHAMPION_CHANGED when
   *     another version is champion than expected, WRONG_STATE when the version is no candidate or
   *     the target to go back to never was champion, ALREADY_EXISTS when the key belongs to another
   *     move
   */
  RegisteredModel promote(Promotion promotion);

  /**
   * Makes a former champion champion again and archives the champion before. Idempotent under its
   * key.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   * @throws org.balsam.kernel.Rejection CHAMPION_CHANGED when another version is champion than
   *     expected, WRONG_STATE when the target never was champion or is it now, ARTEFACT_CHANGED
   *     when the target's bytes in storage changed, ALREADY_EXISTS when the key belongs to another
   *     move
   */
  RegisteredModel rollback(Rollback rollback);

  /**
   * Gives a candidate up. Idempotent: an archived version stays as it is.
   *
   * @throws org.balsam.kernel.NotFound when there is no such version
   * @throws org.balsam.kernel.Rejection WRONG_STATE when it is champion
   */
  RegisteredModel archive(ProjectId project, ModelVersionId version);
}
