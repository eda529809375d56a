package org.balsam.process.schedule;

import java.util.Date;
import org.balsam.process.engine.ProcessVariable;

/** The variables of {@code roundSchedule}. */
public final class RoundScheduleVariables {

  /** The project's slug, from which the instance's tenant is taken. */
  public static final ProcessVariable<String> PROJECT = ProcessVariable.text("project");

  /** {@code active}, {@code paused} or {@code ended}. */
  public static final ProcessVariable<String> SCHEDULE_STATE =
      ProcessVariable.text("scheduleState");

  /** What the timer waits for; null unless active. */
  public static final ProcessVariable<Date> NEXT_START =
      new ProcessVariable<>("nextStart", Date.class);

  /** Whether there is something to start. */
  public static final ProcessVariable<Boolean> START_DUE =
      new ProcessVariable<>("startDue", Boolean.class);

  /** The model to train; null when a round is to be started. */
  public static final ProcessVariable<String> MODEL = ProcessVariable.text("model");

  /** The period of the round or training to start. */
  public static final ProcessVariable<String> PERIOD = ProcessVariable.text("period");

  /** The code with which the start was refused; not set when it was started. */
  public static final ProcessVariable<String> START_REFUSAL = ProcessVariable.text("startRefusal");

  /** The refusal's text. */
  public static final ProcessVariable<String> START_REFUSAL_REASON =
      ProcessVariable.text("startRefusalReason");

  private RoundScheduleVariables() {}
}
