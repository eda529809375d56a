package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The trail as it grows. */
@RestController
@Tag(name = "audit")
class TrailStreamController {

  static final int MOST_SECONDS = 600;

  private final TrailStream stream;
  private final FollowerPlaces places;
  private final Clock clock;

  TrailStreamController(TrailStream stream, FollowerPlaces places, Clock clock) {
    this.stream = stream;
    this.places = places;
    this.clock = clock;
  }

  @Operation(
      summary = "Follow events as they are sealed, in the order of the tree (server-sent events)",
      description =
          "Of the caller's projects; administrators of the platform follow all. Each event has its"
              + " index as id, the name 'recorded' and the JSON of an event as data. A reader who"
              + " connects again with Last-Event-ID gets what was sealed since; one who is too far"
              + " behind gets an event 'missed' and goes on from now. Ends after 'seconds', and"
              + " when the session ends.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @GetMapping(path = "/api/v1/audit/events/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<StreamingResponseBody> followEvents(
      @RequestParam(required = false) @Nullable ProjectId project,
      @RequestParam(required = false) @Nullable String subject,
      @Parameter(description = "the index of the last event that is known; -1 for none")
          @RequestParam(required = false)
          @Nullable Long after,
      @Parameter(description = "the same, as browsers send it; it comes before 'after'")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable Long last,
      @Parameter(description = "0 to 600; 0 sends what there is and ends")
          @RequestParam(defaultValue = "600")
          int seconds,
      HttpServletRequest request) {
    var known = last == null ? after : last;
    check(known, seconds);
    var actor = CallContext.current().actor();
    ReadableProjects.of(actor, project);
    var end = clock.instant().plusSeconds(seconds);
    var follower = new Follower(actor.id(), request.getSession(false), project, subject, end);
    places.take(actor.id());
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .cacheControl(CacheControl.noStore())
        // proxies pass each event on at once
        .header("X-Accel-Buffering", "no")
        .body(
            out -> {
              try {
                stream.send(follower, known == null ? -1 : known + 1, out);
              } finally {
                places.leave(actor.id());
              }
            });
  }

  private static void check(@Nullable Long known, int seconds) {
    if (known != null && known < -1) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "after", "-1 or the index of an event");
    }
    if (seconds < 0 || seconds > MOST_SECONDS) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "seconds", "0 to " + MOST_SECONDS);
    }
  }
}
