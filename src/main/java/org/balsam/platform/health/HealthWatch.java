package org.balsam.platform.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.kernel.BackgroundLoop;
import org.balsam.kernel.Probe;
import org.balsam.platform.health.Finding.Depth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of each adapter, looked at in the background; every node does it for itself.
 * Who asks for the state of the installation reads what is kept, so that nobody can make Balsam
 * call other systems by asking often.
 */
public final class HealthWatch extends BackgroundLoop {

  private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
  private static final int WHOLE_EVERY = 20;

  private final Examination examination;
  private final Map<String, Finding> latest = new ConcurrentHashMap<>();
  private final Map<String, Integer> glances = new ConcurrentHashMap<>();

  HealthWatch(Examination examination, Duration interval) {
    super("health", "The adapters could not be looked at", Duration.ZERO, interval);
    this.examination = examination;
  }

  /** What was found last of a port; empty before the first look has ended. */
  public Optional<Finding> latest(String port) {
    return Optional.ofNullable(latest.get(port));
  }

  /** Everything that was found last. */
  public List<Finding> latest() {
    return List.copyOf(latest.values());
  }

  /** Tries every adapter end to end now, and waits for it: a minute at most. */
  public List<Finding> examine() {
    return examination.look(probe -> Depth.WHOLE, this::note);
  }

  /** One look at each adapter, as closely as it is due. */
  @Override
  protected void round() {
    examination.look(this::due, this::note);
  }

  private Depth due(Probe probe) {
    var known = latest.get(probe.port());
    return known == null || !known.isUp() || glances.getOrDefault(probe.port(), 0) >= WHOLE_EVERY
        ? Depth.WHOLE
        : Depth.GLANCE;
  }

  private void note(Finding finding) {
    if (finding.depth() == Depth.WHOLE) {
      glances.put(finding.port(), 0);
    } else {
      glances.merge(finding.port(), 1, Integer::sum);
    }
    var before = latest.put(finding.port(), finding);
    if (!finding.isUp() && (before == null || before.isUp())) {
      LOG.warn("{} ({}) does not work: {}", finding.port(), finding.target(), finding.problem());
    } else if (finding.isUp() && before != null && !before.isUp()) {
      LOG.info("{} ({}) works again", finding.port(), finding.target());
    }
  }
}
