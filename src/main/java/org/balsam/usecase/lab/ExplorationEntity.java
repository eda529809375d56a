package org.balsam.usecase.lab;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.gate.ResourceApproval;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The row of an exploration. Fields are read freely inside the package and changed by methods only.
 */
@Entity
@Table(name = "exploration")
class ExplorationEntity {

  @Id String id;
  @Version @Nullable Long version;
  String project;
  String title;
  String purpose;

  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  String datasets;

  @Enumerated(EnumType.STRING)
  HardwareProfile hardware;

  @Enumerated(EnumType.STRING)
  NetworkClass network;

  LocalDate endDate;

  @Enumerated(EnumType.STRING)
  ExplorationState state;

  Instant stateSince;
  String requestedBy;
  Instant requestedAt;

  @Enumerated(EnumType.STRING)
  @Nullable ResourceApproval approval;

  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  @Nullable String approvalReason;

  @Nullable String decidedBy;
  @Nullable Instant decidedAt;
  int renewals;
  String workspace;
  String branch;

  /** The branch it belongs to and begins at; null when it was not asked for by one. */
  @Nullable String baseBranch;

  /** Null, as the next two, of one from before there was a catalogue. */
  @Nullable String template;

  @Nullable String templateVersion;

  @JdbcTypeCode(SqlTypes.CHAR)
  @Nullable String templateDigest;

  /** Of the workspace's service, each {@code NAME=value} on a line. */
  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  String variables;

  @JdbcTypeCode(SqlTypes.CHAR)
  @Nullable String commitId;

  @Enumerated(EnumType.STRING)
  @Nullable Outcome outcome;

  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  @Nullable String outcomeReason;

  @Nullable String outcomeBy;
  @Nullable String transferredTo;

  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  @Nullable String archive;

  @JdbcTypeCode(SqlTypes.LONGVARCHAR)
  @Nullable String endReason;

  @SuppressWarnings("NullAway")
  protected ExplorationEntity() {}

  ExplorationEntity(
      ExplorationId id,
      RequestExploration.Command request,
      WorkspaceTemplates.Choice choice,
      Instant now) {
    this.id = id.value();
    this.project = id.project().value();
    this.title = request.title();
    this.purpose = request.purpose();
    this.datasets =
        request.datasets().stream()
            .map(DatasetVersionId::value)
            .sorted()
            .collect(Collectors.joining("\n"));
    this.hardware = choice.hardware();
    this.network = request.network();
    this.endDate = request.endDate();
    this.baseBranch = request.branch();
    this.template = choice.template().id();
    this.templateVersion = choice.template().version();
    this.templateDigest = choice.template().digest().value();
    this.variables =
        choice.variables().entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("\n"));
    this.requestedBy = request.actor().id();
    this.requestedAt = now;
    this.state = ExplorationState.REQUESTED;
    this.stateSince = now;
  }

  /** The id of the branch that it begins at. */
  String begunAt() {
    return baseBranch == null ? BranchNames.MAIN : baseBranch;
  }

  ExplorationId explorationId() {
    return new ExplorationId(id);
  }

  List<DatasetVersionId> versions() {
    return datasets.lines().map(DatasetVersionId::parse).toList();
  }

  /** The id of its template; before there was a catalogue, only explorations by branch had one. */
  String madeFrom() {
    return template == null ? "jupyter-" + hardware.value() : template;
  }

  /** What its service is told besides. */
  Map<String, String> serviceVariables() {
    return variables
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  /** The moment from which the workspace may not be used. */
  Instant endsAt() {
    return endDate.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  void enter(ExplorationState next, Instant now) {
    if (state == next) {
      return;
    }
    if (state.isOver()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, "exploration " + id + " is " + state.value() + " for good");
    }
    state = next;
    stateSince = now;
  }

  /** Whether its request was taken back; what its process still does may be under way. */
  boolean isWithdrawn() {
    return state == ExplorationState.WITHDRAWN
        || (state == ExplorationState.REQUESTED && endReason != null);
  }

  /**
   * Whether it was judged and neither refused nor withdrawn, though its process may not end yet.
   */
  boolean takesPlace() {
    return approval != null && approval != ResourceApproval.REFUSE && !isWithdrawn();
  }

  /** Notes that its request is taken back; it is withdrawn when nothing of it is left. */
  void withdraw(String by) {
    endReason = "withdrawn by " + by;
  }

  /**
   * Demands that its request stands.
   *
   * @throws Rejection WRONG_STATE when it was taken back
   */
  void requireNotWithdrawn() {
    if (isWithdrawn()) {
      throw new Rejection(ErrorCode.WRONG_STATE, "exploration " + id + " was " + endReason);
    }
  }

  /** Notes a person's decision. */
  void decided(String by, Instant at) {
    decidedBy = by;
    decidedAt = at;
  }

  void renew(LocalDate until) {
    endDate = until;
    renewals++;
    undecide();
  }

  /** Forgets an outcome that did not come about. */
  void undecide() {
    outcome = null;
    outcomeReason = null;
    outcomeBy = null;
    transferredTo = null;
  }
}
