package org.balsam.platform.messaging;

import java.util.List;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger.Notice;

/**
 * One way on which notices leave Balsam. Calls block within the configured time limits and may come
 * from any thread and node.
 */
public interface Channel {

  /** How settings, preferences and dead letters call it. */
  String name();

  /**
   * Among whom a notice is split; each gets a letter of their own, which is tried again on its own.
   * Ids of persons, or one word that begins with {@code #} for a place that many read; empty when
   * the notice does not go here.
   */
  List<String> receivers(Notice notice);

  /**
   * Delivers, or throws to be called again later. It may be called again after it succeeded: when a
   * node was killed before it wrote that down. Whoever receives a letter twice knows by its id.
   *
   * @throws DeliveryTrouble what went wrong, in words without any secret
   */
  void deliver(Letter letter);

  /**
   * Makes sure that the project has its place here.
   *
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when that place belongs to another
   * @throws org.balsam.kernel.ExternalFailure when the system does not do it
   */
  default void open(ProjectId project) {}

  /**
   * Closes the project's place; what was written there stays readable.
   *
   * @throws org.balsam.kernel.ExternalFailure when the system does not do it
   */
  default void close(ProjectId project) {}

  /**
   * Asks the receiving system whether it would take letters, without sending one.
   *
   * @throws DeliveryTrouble what is wrong
   */
  void probe();
}
