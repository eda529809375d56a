package org.balsam.usecase.schedule;

import java.time.Clock;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads schedules, for members of their project. */
@Component
@Transactional(readOnly = true)
public class Schedules {

  private final ScheduleRepository schedules;
  private final Clock clock;

  Schedules(ScheduleRepository schedules, Clock clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  /**
   * The project's schedules by id, ended ones included.
   *
   * @param cursor from the page before, null for the first
   * @param limit 1 to 200
   */
  public Page<ScheduleView> page(
      ProjectId project, @Nullable String cursor, int limit, Actor actor) {
    actor.requireMemberOf(project);
    var last = Page.after(cursor, ScheduleId::parse);
    var after = last == null ? "" : last.value();
    var found =
        schedules.findByProjectAndIdGreaterThanOrderById(
            project.value(), after, Limit.of(Page.limit(limit) + 1));
    return Page.of(
        found.stream().map(ScheduleEntity::view).toList(), limit, view -> view.id().value());
  }

  /**
   * One schedule.
   *
   * @throws org.balsam.kernel.NotFound when there is none, or for people outside the project
   */
  public ScheduleView get(ScheduleId id, Actor actor) {
    actor.requireMemberOf(id.project());
    return schedules.findById(id.value()).orElseThrow(() -> ScheduleRepository.unknown(id)).view();
  }

  /**
   * The coming starts as the rules give them, also of a paused schedule; none of an ended one.
   *
   * @param count 1 to 200
   */
  public List<ScheduleRules.Start> next(ScheduleId id, int count, Actor actor) {
    var view = get(id, actor);
    Page.limit(count);
    return view.state() == ScheduleState.ENDED
        ? List.of()
        : view.rules().next(clock.instant(), count);
  }
}
