package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a growing log, so that whoever runs the container can show it. */
final class LogEcho implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogEcho.class);
  private static final long LOOK_EVERY_MS = 500;

  private final Path log;
  private final OutputStream shownOn;
  private final Thread thread = new Thread(this::follow, "log-echo");
  private long shown;
  private volatile boolean ended;

  private LogEcho(Path log, OutputStream shownOn) {
    this.log = log;
    this.shownOn = shownOn;
    thread.setDaemon(true);
  }

  static LogEcho of(Path log, OutputStream shownOn) {
    var echo = new LogEcho(log, shownOn);
    echo.thread.start();
    return echo;
  }

  /** Returns when everything is printed. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.interrupt();
    thread.join();
  }

  private void follow() {
    while (!ended) {
      show();
      try {
        Thread.sleep(LOOK_EVERY_MS);
      } catch (InterruptedException end) {
        break;
      }
    }
    show();
  }

  private void show() {
    if (!Files.exists(log)) {
      return;
    }
    try (var content = Files.newInputStream(log)) {
      content.skipNBytes(shown);
      shown += content.transferTo(shownOn);
      shownOn.flush();
    } catch (IOException trouble) {
      LOG.debug("Cannot show the log {}", log, trouble);
    }
  }
}
