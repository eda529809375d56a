package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.usecase.round.RoundCourse;
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

  RoundCourseController(RoundCourse course) {
    this.course = course;
  }

  @Operation(summary = "The model that the round follows (BPMN 2.0 XML)")
  @GetMapping(path = "/bpmn", produces = "application/xml;charset=UTF-8")
  String getRoundModel(@PathVariable ProjectId project, @PathVariable RoundId round) {
    return course.bpmn(RoundController.readable(project, round));
  }

  @Operation(
      summary = "The activities of a round in its model with their times, and the path taken")
  @GetMapping("/course")
  RoundCourse.Course getRoundCourse(@PathVariable ProjectId project, @PathVariable RoundId round) {
    return course.of(RoundController.readable(project, round));
  }
}
