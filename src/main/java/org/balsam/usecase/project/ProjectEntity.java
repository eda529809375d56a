package org.balsam.usecase.project;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Rejection;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A project as stored. Changed only by whoever holds its row lock. */
@Entity
@Table(name = "project")
class ProjectEntity implements Persistable<String> {

  private static final int LONGEST_REASON = 4000;

  @Id private String id;
  private String name;
  private String purpose;
  private String template;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> templateParameters;

  private String owner;

  @Enumerated(EnumType.STRING)
  private Classification classification;

  private String branchName;

  @Enumerated(EnumType.STRING)
  private ProjectKind kind;

  @Enumerated(EnumType.STRING)
  private ProjectState state;

  private String requestedBy;
  private Instant requestedAt;
  private @Nullable String decidedBy;
  private @Nullable Instant decidedAt;
  private @Nullable String reason;
  private long version;

  /** Whether it is not stored yet: storing it must never change somebody else's row. */
  @Transient private boolean fresh;

  /** For the object-relational mapper. */
  @SuppressWarnings("NullAway")
  protected ProjectEntity() {}

  ProjectEntity(RequestProject.Command request, Instant now) {
    this();
    fresh = true;
    id = request.id().value();
    request(request, now);
  }

  /** Takes a request; the former one, if any, ended without a project. */
  final void request(RequestProject.Command request, Instant now) {
    name = request.name();
    purpose = request.purpose();
    template = request.template();
    templateParameters = Map.copyOf(request.templateParameters());
    owner = request.owner();
    classification = request.classification();
    branchName = request.branchName();
    kind = ProjectKind.PRODUCTION;
    state = ProjectState.REQUESTED;
    requestedBy = request.actor().id();
    requestedAt = now;
    decidedBy = null;
    decidedAt = null;
    reason = null;
    version++;
  }

  void decide(boolean approved, String by, Instant now) {
    require(ProjectState.REQUESTED);
    decidedBy = by;
    decidedAt = now;
    state = approved ? ProjectState.PROVISIONING : ProjectState.REQUESTED;
  }

  void activate() {
    require(ProjectState.PROVISIONING, ProjectState.ACTIVE);
    state = ProjectState.ACTIVE;
  }

  void freeze() {
    require(ProjectState.ACTIVE, ProjectState.CLOSING);
    state = ProjectState.CLOSING;
  }

  void goOn() {
    require(ProjectState.ACTIVE, ProjectState.CLOSING);
    state = ProjectState.ACTIVE;
  }

  void close() {
    require(ProjectState.CLOSING);
    state = ProjectState.CLOSED;
  }

  void reject(String why) {
    require(ProjectState.REQUESTED, ProjectState.REJECTED);
    state = ProjectState.REJECTED;
    reason = shortened(why);
  }

  void fail(String why) {
    require(ProjectState.REQUESTED, ProjectState.PROVISIONING, ProjectState.FAILED);
    state = ProjectState.FAILED;
    reason = shortened(why);
  }

  void change(String name, String purpose, Classification classification, String owner) {
    this.name = name;
    this.purpose = purpose;
    this.classification = classification;
    this.owner = owner;
    version++;
  }

  void require(ProjectState... allowed) {
    if (!Set.of(allowed).contains(state)) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the project "
              + id
              + " is "
              + state.value()
              + "; allowed: "
              + Stream.of(allowed).map(ProjectState::value).collect(Collectors.joining(", ")));
    }
  }

  void requireVersion(long expected) {
    if (version != expected) {
      throw new Rejection(
          ErrorCode.STALE,
          "the project "
              + id
              + " changed meanwhile: it has version "
              + version
              + ", the request was made for "
              + expected
              + "; read it again");
    }
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public boolean isNew() {
    return fresh;
  }

  ProjectId id() {
    return new ProjectId(id);
  }

  String name() {
    return name;
  }

  String purpose() {
    return purpose;
  }

  String template() {
    return template;
  }

  Map<String, String> templateParameters() {
    return templateParameters;
  }

  String owner() {
    return owner;
  }

  Classification classification() {
    return classification;
  }

  ProjectKind kind() {
    return kind;
  }

  ProjectState state() {
    return state;
  }

  String requestedBy() {
    return requestedBy;
  }

  ProjectView view() {
    return new ProjectView(
        id(),
        name,
        purpose,
        template,
        owner,
        classification,
        branchName,
        kind,
        state,
        requestedBy,
        requestedAt,
        decidedBy,
        reason,
        version,
        null);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }
}
