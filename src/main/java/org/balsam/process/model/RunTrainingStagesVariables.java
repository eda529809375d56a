package org.balsam.process.model;

import org.balsam.process.engine.ProcessVariable;

/** The variables of {@code run-training-stages.bpmn}; the business key is the training. */
final class RunTrainingStagesVariables {

  /** Counts the runs of the training from 1; given by the caller. */
  static final ProcessVariable<Long> RUN = new ProcessVariable<>("run", Long.class);

  /** Given by the caller. */
  static final ProcessVariable<Long> STAGE_COUNT = new ProcessVariable<>("stageCount", Long.class);

  /** Counts from 0; local to one stage. */
  static final ProcessVariable<Long> STAGE = new ProcessVariable<>("stage", Long.class);

  /** Local to one stage. */
  static final ProcessVariable<Long> STEP_COUNT = new ProcessVariable<>("stepCount", Long.class);

  private RunTrainingStagesVariables() {}
}
