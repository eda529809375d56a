package org.balsam.platform.messaging;

import java.util.ArrayList;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;

/**
 * Asks every channel's receiver whether it would take letters: connects, and signs in where there
 * is somebody to be. Nothing is sent, because somebody would read it.
 */
final class MessagingProbe implements Probe {

  private final Channels channels;

  MessagingProbe(Channels channels) {
    this.channels = channels;
  }

  @Override
  public String port() {
    return "messaging";
  }

  @Override
  public String target() {
    return channels.all().isEmpty() ? "inbox" : "inbox, " + String.join(", ", channels.names());
  }

  @Override
  public void check() {
    var problems = new ArrayList<String>();
    for (var channel : channels.all()) {
      try {
        channel.probe();
      } catch (DeliveryTrouble trouble) {
        problems.add(channel.name() + ": " + trouble.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new ExternalFailure(port(), true, String.join("; ", problems), null);
    }
  }
}
