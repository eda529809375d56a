package org.balsam.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that bind them later, or again and again. */
final class FreePort {

  private static final int FIRST = 20_000;
  private static final int END = 30_000;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /** One of those that the system gives to nobody who asks for any port. */
  static int find() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port from " + FIRST + " to " + END + " is free");
  }

  private static boolean isFree(int port) {
    try (var attempt = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return attempt.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
