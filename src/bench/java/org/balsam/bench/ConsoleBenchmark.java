package org.balsam.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Compares how fast the console's pages have their first content in a database with many rounds
 * and in one with few: two real servers, the same requests in turns, medians.
 */
public final class ConsoleBenchmark {

  private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 41);
  private static final int WARM_UP = Integer.getInteger("bench.warm-up", 20);
  private static final int FEW = Integer.getInteger("bench.few", 10);
  private static final int MANY = Integer.getInteger("bench.many", 10_000);

  private ConsoleBenchmark() {}

  /** Runs it; prints one table. System properties: see {@code docs/performance.md}. */
  public static void main(String[] arguments) throws Exception {
    var folder = Path.of("target/bench/console").toAbsolutePath();
    if (!Boolean.getBoolean("bench.reuse")) {
      FileSystemUtils.deleteRecursively(folder.toFile());
    }
    try (var few = new FilledServer(folder.resolve("few"), FEW);
        var many = new FilledServer(folder.resolve("many"), MANY)) {
      System.out.printf(
          "%d repetitions after %d to warm up, %,d and %,d rounds; %s, %d cores%n",
          REPETITIONS,
          WARM_UP,
          FEW,
          MANY,
          System.getProperty("java.vm.version"),
          Runtime.getRuntime().availableProcessors());
      compare(List.of(few, many));
    }
    System.exit(0);
  }

  private static void compare(List<FilledServer> servers) throws Exception {
    var pages = List.of(FirstContent.of(servers.get(0)), FirstContent.of(servers.get(1)));
    for (var page : pages.get(0).keySet()) {
      compare(page, servers, pages);
    }
  }

  private static void compare(
      String page, List<FilledServer> servers, List<Map<String, List<String>>> pages)
      throws Exception {
    var requests = List.of(pages.get(0).get(page), pages.get(1).get(page));
    var times = new double[2][requests.get(0).size() + 1][REPETITIONS];
    var sizes = new int[2][requests.get(0).size() + 1];
    for (var i = -WARM_UP; i < REPETITIONS; i++) {
      for (var turn = 0; turn < 2; turn++) {
        var side = Math.floorMod(i + turn, 2);
        ask(servers.get(side), requests.get(side), times[side], sizes[side], i);
      }
    }
    for (var i = 0; i < times[0].length; i++) {
      var what = i == 0 ? page : "  " + requests.get(0).get(i - 1);
      var few = median(times[0][i]);
      var many = median(times[1][i]);
      System.out.printf(
          "%-62s %6.1f ms %7.1f KB   %6.1f ms %7.1f KB   %.2f%n",
          what, few, sizes[0][i] / 1e3, many, sizes[1][i] / 1e3, many / few);
    }
  }

  /** Row 0 has the page, the others its requests. */
  private static void ask(
      FilledServer server, List<String> requests, double[][] times, int[] sizes, int repetition)
      throws Exception {
    var all = 0.0;
    sizes[0] = 0;
    for (var i = 0; i < requests.size(); i++) {
      var started = System.nanoTime();
      sizes[i + 1] = server.read(requests.get(i)).length();
      var millis = (System.nanoTime() - started) / 1e6;
      all += millis;
      sizes[0] += sizes[i + 1];
      times[i + 1][Math.max(0, repetition)] = millis;
    }
    times[0][Math.max(0, repetition)] = all;
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
