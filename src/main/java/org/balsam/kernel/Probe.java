package org.balsam.kernel;

/**
 * Shows that a service outside this process does what Balsam needs of it, by doing it once: it
 * makes something of its own there, reads it, and removes it. Every configured adapter publishes
 * one as a bean called after its port, {@code storageProbe}.
 */
public interface Probe {

  /** The port, for example {@code storage}. */
  String port();

  /** What is configured, for a person: the adapter and where it is, without secrets. */
  String target();

  /**
   * Does it. Blocks, at most for a minute; may be called from any thread, from several nodes at
   * once, and again and again: nothing but what the next call uses stays behind.
   *
   * @throws BalsamException what the service cannot do, in its own terms and with what to do
   */
  void check();

  /**
   * Asks whether the service answers and knows Balsam, by a request or two that change nothing
   * there. Blocks and may be called as {@link #check}, which it is for services that have nothing
   * cheaper.
   *
   * @throws BalsamException as {@link #check}
   */
  default void glance() {
    check();
  }
}
