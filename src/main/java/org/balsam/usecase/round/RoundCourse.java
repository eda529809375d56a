package org.balsam.usecase.round;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.RoundId;
import org.jspecify.annotations.Nullable;

/**
 * The way that a round has taken through its model. A round whose process is not there is {@link
 * org.balsam.kernel.NotFound}; whoever calls has checked that the reader is a member of the
 * project.
 */
public interface RoundCourse {

  /** The model, as BPMN 2.0 XML, that the round follows: the version with which it was started. */
  String bpmn(RoundId round);

  /** What has happened in the model so far. */
  Course of(RoundId round);

  /**
   * @param definition key and version of the model, {@code statisticalRound:3}
   * @param activities in the order of their start, at most 2,000
   * @param flows ids of the sequence flows that were taken, each once
   */
  record Course(String definition, List<Activity> activities, List<String> flows) {
    public Course {
      activities = List.copyOf(activities);
      flows = List.copyOf(flows);
    }
  }

  /**
   * One passage through an element of the model.
   *
   * @param activity the BPMN element
   * @param type the BPMN type, {@code userTask}
   * @param endedAt null while it goes on
   * @param cancelled whether it ended because something else happened
   */
  record Activity(
      String activity,
      @Nullable String name,
      String type,
      Instant startedAt,
      @Nullable Instant endedAt,
      boolean cancelled) {}
}
