package org.balsam.api;

import static org.springframework.http.HttpHeaders.CONTENT_DISPOSITION;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditExport;
import org.balsam.audit.AuditLog;
import org.balsam.audit.AuditQuery;
import org.balsam.audit.AuditTrail;
import org.balsam.audit.RecordedEvent;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trail: events, proofs, checkpoints, export. */
@RestController
@Tag(name = "audit")
@RequestMapping("/api/v1/audit")
class AuditController {

  private final AuditLog log;
  private final AuditExport export;
  private final AuditTrail trail;

  AuditController(AuditLog log, AuditExport export, AuditTrail trail) {
    this.log = log;
    this.export = export;
    this.trail = trail;
  }

  /**
   * An event.
   *
   * @param index its place in the tree; null for the second until it is sealed
   */
  record Event(
      String id,
      @Nullable Long index,
      Instant at,
      String actorKind,
      String actor,
      @Nullable String project,
      @Nullable String subject,
      String action,
      String outcome,
      @Nullable String activity,
      @Nullable String reason,
      @JsonRawValue @Schema(implementation = Object.class) String details,
      @Nullable String correlation) {

    static Event of(RecordedEvent recorded) {
      var event = recorded.event();
      return new Event(
          event.id().toString(),
          recorded.index(),
          event.occurredAt(),
          event.actorKind(),
          event.actor(),
          event.project(),
          event.subject(),
          event.action(),
          event.outcome(),
          event.activity(),
          recorded.reason(),
          event.details(),
          event.correlation());
    }
  }

  /** A signed checkpoint as a C2SP signed note, and the key that verifies it. */
  record Checkpoint(String note, String publicKey) {}

  @Operation(
      summary = "Find events, newest first",
      description = "Of the caller's projects; administrators of the platform find all.")
  @GetMapping("/events")
  Page<Event> findEvents(
      @RequestParam(required = false) @Nullable ProjectId project,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String actor,
      @Parameter(description = "one, for example round.released, or all that begin alike: round.*")
          @RequestParam(required = false)
          @Nullable String action,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var asker = CallContext.current().actor();
    var query =
        new AuditQuery(ReadableProjects.of(asker, project), subject, actor, action, from, to);
    return log.find(query, cursor, limit).map(Event::of);
  }

  @Operation(summary = "One event")
  @GetMapping("/events/{id}")
  Event getEvent(@PathVariable String id) {
    return Event.of(readable(id));
  }

  @Operation(summary = "Prove that an event is in the newest signed tree (RFC 6962)")
  @GetMapping("/events/{id}/proof")
  AuditLog.Inclusion proveEvent(@PathVariable String id) {
    readable(id);
    return log.inclusion(id);
  }

  @Operation(summary = "The newest signed checkpoint")
  @GetMapping("/checkpoints")
  Checkpoint newestCheckpoint() {
    var note = log.checkpoint();
    if (note == null) {
      throw new NotFound("there is no audit checkpoint yet; ask again in a second");
    }
    return new Checkpoint(note, log.publicKey());
  }

  @Operation(summary = "The signed checkpoint of the tree of this size, where one was signed")
  @GetMapping("/checkpoints/{size}")
  Checkpoint getCheckpoint(@PathVariable long size) {
    return new Checkpoint(log.checkpoint(size), log.publicKey());
  }

  @Operation(summary = "Prove that the tree of this size begins with an earlier one (RFC 6962)")
  @GetMapping("/checkpoints/{size}/consistency")
  AuditLog.Consistency proveConsistency(@PathVariable long size, @RequestParam long from) {
    return log.consistency(from, size);
  }

  @Operation(
      summary = "Download the auditor's bundle (zip), which is verified offline",
      description =
          "Of one project for its auditors and owners; of any, or of everything without 'project',"
              + " for administrators of the platform.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/export")
  void exportTrail(
      @RequestParam(required = false) @Nullable ProjectId project,
      @Parameter(description = "whether the free text that people gave as reasons is included")
          @RequestParam(defaultValue = "true")
          boolean reasons,
      HttpServletResponse response)
      throws IOException {
    requireExport(project, CallContext.current().actor());
    var slug = project == null ? null : project.value();
    var request = new AuditExport.Request(slug, reasons);
    export.require(request);
    trail.recordSeparately(
        AuditEntry.done("audit.exported", slug, slug == null ? "all" : slug)
            .with("reasons", reasons));
    response.setContentType("application/zip");
    response.setHeader(
        CONTENT_DISPOSITION,
        "attachment; filename=\"audit" + (slug == null ? "" : "-" + slug) + ".zip\"");
    export.write(response.getOutputStream(), request);
  }

  private RecordedEvent readable(String id) {
    var recorded = log.event(id);
    var asker = CallContext.current().actor();
    if (!ReadableProjects.includes(asker, recorded.event().project())) {
      throw new NotFound("there is no audit event " + id);
    }
    return recorded;
  }

  private static void requireExport(@Nullable ProjectId project, Actor asker) {
    if (asker.isPlatformAdministrator()) {
      return;
    }
    if (project == null) {
      throw new Forbidden(
          "only administrators of the platform export everything; add ?project= to export one of"
              + " your projects");
    }
    asker.requireAny(project, Role.AUDITOR, Role.OWNER);
  }
}
