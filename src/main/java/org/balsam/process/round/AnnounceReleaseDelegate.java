package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.ANNOUNCEMENT_REASON;
import static org.balsam.process.round.StatisticalRoundVariables.RELEASE_AT;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.AnnounceRelease;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Announces the moment of release, the first time or anew. */
@Component
class AnnounceReleaseDelegate extends UseCaseDelegate {

  private final AnnounceRelease announceRelease;
  private final AnnouncementProperties properties;

  AnnounceReleaseDelegate(AnnounceRelease announceRelease, AnnouncementProperties properties) {
    this.announceRelease = announceRelease;
    this.properties = properties;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    announceRelease.handle(
        new AnnounceRelease.Command(
            round(execution),
            RELEASE_AT.get(execution).toInstant(),
            properties.zone(),
            ANNOUNCEMENT_REASON.find(execution).orElse(null)));
    ANNOUNCEMENT_REASON.remove(execution);
  }
}
