package org.balsam.usecase.schedule;

/**
 * The running process of a schedule. Every call takes part in the caller's transaction. The process
 * reads the schedule whenever it computes, so telling one that is not waiting is not an error.
 */
public interface ScheduleProcess {

  /** Starts the process of a new schedule. */
  void start(ScheduleId schedule);

  /** Tells that the schedule was paused. */
  void pause(ScheduleId schedule);

  /** Tells that the schedule was resumed. */
  void resume(ScheduleId schedule);

  /** Tells that the schedule's rules were changed. */
  void change(ScheduleId schedule);

  /** Tells that the schedule was ended. */
  void end(ScheduleId schedule);
}
