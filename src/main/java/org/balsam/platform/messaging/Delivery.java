package org.balsam.platform.messaging;

import org.balsam.platform.messaging.Messenger.Notice;

/** Brings one notice to its receivers. */
@FunctionalInterface
public interface Delivery {

  /**
   * Delivers, or throws any exception to be called again later. May be called again after it
   * succeeded, and from several nodes, but not for one notice at once; has no part in the database
   * transaction around it.
   */
  void deliver(Notice notice);
}
