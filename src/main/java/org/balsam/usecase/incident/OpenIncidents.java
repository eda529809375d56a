package org.balsam.usecase.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.balsam.kernel.Actor;
import org.balsam.usecase.incident.IncidentLedger.OpenIncident;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What stands still, by its cause; for administrators of the platform. */
@Component
public class OpenIncidents {

  private static final int MOST = 1_000;
  private static final int SHOWN = 50;

  private final IncidentLedger ledger;

  OpenIncidents(IncidentLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Open incidents.
   *
   * @param total how many there are
   * @param grouped how many of them, the newest, are in {@code causes}: at most 1,000
   * @param causes those with most incidents first
   */
  public record Overview(long total, int grouped, List<Cause> causes) {
    public Overview {
      causes = List.copyOf(causes);
    }
  }

  /**
   * Incidents whose messages differ in nothing but names, moments and long numbers.
   *
   * @param cause the message without those; empty when nobody said why
   * @param example the message of the newest
   * @param incidents the newest of them, at most 50
   */
  public record Cause(
      String cause,
      String example,
      int count,
      Instant firstAt,
      Instant latestAt,
      List<Stopped> incidents) {
    public Cause {
      incidents = List.copyOf(incidents);
    }
  }

  /**
   * One of them.
   *
   * @param subject the round, training, project or schedule that stands still
   * @param process the key of the model
   * @param activity the BPMN element at which it stands
   * @param retryable whether one more attempt can be asked for
   */
  public record Stopped(
      String id,
      @Nullable String project,
      @Nullable String subject,
      @Nullable String process,
      @Nullable String activity,
      Instant openedAt,
      boolean retryable) {

    static Stopped of(OpenIncident incident) {
      return new Stopped(
          incident.id(),
          incident.project(),
          incident.subject(),
          incident.process(),
          incident.activity(),
          incident.openedAt(),
          incident.retryable());
    }
  }

  /**
   * All that is open, by cause.
   *
   * @throws org.balsam.kernel.Forbidden for anybody but administrators of the platform
   */
  @Transactional(readOnly = true)
  public Overview overview(Actor actor) {
    actor.requirePlatformAdministrator();
    var found = ledger.newest(MOST);
    var causes =
        found.newest().stream()
            .collect(
                Collectors.groupingBy(
                    one -> IncidentCause.of(one.message(), one.subject(), one.project()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .entrySet()
            .stream()
            .map(entry -> cause(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(Cause::count).reversed())
            .toList();
    return new Overview(found.total(), found.newest().size(), causes);
  }

  private static Cause cause(String words, List<OpenIncident> newestFirst) {
    var newest = newestFirst.get(0);
    return new Cause(
        words,
        newest.message(),
        newestFirst.size(),
        newestFirst.get(newestFirst.size() - 1).openedAt(),
        newest.openedAt(),
        newestFirst.stream().limit(SHOWN).map(Stopped::of).toList());
  }
}
