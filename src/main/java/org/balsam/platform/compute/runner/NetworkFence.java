package org.balsam.platform.compute.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps a command off the network by a Linux network namespace, where the system grants one. */
final class NetworkFence {

  /** Put before a command line. */
  static final List<String> PREFIX = List.of("/usr/bin/unshare", "--map-root-user", "--net", "--");

  /** Shell commands that give the fenced command its own loopback device. */
  static final String LOOPBACK = "PATH=/usr/sbin:/sbin:$PATH ip link set lo up 2>/dev/null; ";

  private NetworkFence() {}

  /** Whether this system grants the fence; asks it by trying. */
  static boolean isAvailable() throws InterruptedException {
    try {
      var command = new ArrayList<>(PREFIX);
      command.add("/bin/true");
      var probe =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!probe.waitFor(5, TimeUnit.SECONDS)) {
        probe.destroyForcibly();
        return false;
      }
      return probe.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
