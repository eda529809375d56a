package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.usecase.round.RoundCourse;
import org.balsam.usecase.task.AwaitedTasks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The model of a round and the way that the round has taken through it. */
@RestController
@Tag(name = "rounds")
@RequestMapping("/api/v1/projects/{project}/rounds/{round}")
class RoundCourseController {

  private final RoundCourse course;
  private final AwaitedTasks awaited;

  RoundCourseController(RoundCourse course, AwaitedTasks awaited) {
    this.course = course;
    this.awaited = awaited;
  }

  /**
   * The way of a round through its model.
   *
   * @param definition key and version of the model, {@code statisticalRound:3}
   * @param activities in the order of their start, at most 2,000
   * @param flows ids of the sequence flows that were taken, each once
   * @param awaited what the round waits for people to do, oldest first
   */
  record Course(
      String definition,
      List<RoundCourse.Activity> activities,
      List<String> flows,
      List<AwaitedTasks.Awaited> awaited) {}

  @Operation(summary = "The model that the round follows (BPMN 2.0 XML)")
  @GetMapping(path = "/bpmn", produces = "application/xml;charset=UTF-8")
  String getRoundModel(@PathVariable ProjectId project, @PathVariable RoundId round) {
    return course.bpmn(RoundController.readable(project, round));
  }

  @Operation(
      summary = "The activities of a round in its model with their times, and the path taken")
  @GetMapping("/course")
  Course getRoundCourse(@PathVariable ProjectId project, @PathVariable RoundId round) {
    var way = course.of(RoundController.readable(project, round));
    return new Course(
        way.definition(), way.activities(), way.flows(), awaited.about(project, round.value()));
  }
}
