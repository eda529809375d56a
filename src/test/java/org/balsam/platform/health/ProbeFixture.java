package org.balsam.platform.health;

import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.kernel.Probe;

/** A probe that does what a test tells it to, and counts. */
final class ProbeFixture implements Probe {

  final AtomicInteger checks = new AtomicInteger();
  final AtomicInteger glances = new AtomicInteger();
  volatile Runnable service = () -> {};
  private final String port;

  ProbeFixture(String port) {
    this.port = port;
  }

  @Override
  public String port() {
    return port;
  }

  @Override
  public String target() {
    return "fixture " + port;
  }

  @Override
  public void check() {
    checks.incrementAndGet();
    service.run();
  }

  @Override
  public void glance() {
    glances.incrementAndGet();
    service.run();
  }
}
