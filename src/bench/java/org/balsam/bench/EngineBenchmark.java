package org.balsam.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.balsam.platform.database.EmbeddedDatabase;
import org.balsam.testing.SentStatements;
import org.springframework.util.FileSystemUtils;

/**
 * Compares the round's model in Balsam, audit and guards on and use cases empty, with the same
 * model in the bare engine: same version, server, pool, history level; in turns, medians.
 */
public final class EngineBenchmark {

  private static final int REPETITIONS = Integer.getInteger("bench.repetitions", 7);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 40);
  private static final int TASKS = Integer.getInteger("bench.tasks", 400);
  private static final int WARM_UP = Integer.getInteger("bench.warm-up", 3);

  private EngineBenchmark() {}

  /** Runs it; prints one table. System properties: see {@code docs/performance.md}. */
  public static void main(String[] arguments) {
    var folder = Path.of("target/bench").toAbsolutePath();
    FileSystemUtils.deleteRecursively(folder.toFile());
    try (var server = EmbeddedDatabase.start(folder.resolve("postgresql"), true);
        Side bare = new BareSide(server.access("bare"));
        Side balsam = new BalsamSide(server.access("balsam"), folder.resolve("home"))) {
      System.out.printf(
          "%d repetitions after %d to warm up, %d rounds and %d tasks each; %s, %d cores%n",
          REPETITIONS,
          WARM_UP,
          ROUNDS,
          TASKS,
          System.getProperty("java.vm.version"),
          Runtime.getRuntime().availableProcessors());
      compare("rounds/s", bare, balsam, side -> new Rounds(side).finished(ROUNDS));
      compare("claim+complete/s", bare, balsam, side -> new Rounds(side).decided(TASKS));
      for (var side : List.of(bare, balsam)) {
        statements(side);
      }
    }
    System.exit(0);
  }

  private static void compare(
      String what, Side bare, Side balsam, ToDoubleFunction<Side> measurement) {
    for (var i = 0; i < WARM_UP; i++) {
      measurement.applyAsDouble(bare);
      measurement.applyAsDouble(balsam);
    }
    var results = new double[3][REPETITIONS];
    for (var i = 0; i < REPETITIONS; i++) {
      var balsamFirst = i % 2 == 0;
      results[1][i] = balsamFirst ? measurement.applyAsDouble(balsam) : 0;
      results[0][i] = measurement.applyAsDouble(bare);
      results[1][i] = balsamFirst ? results[1][i] : measurement.applyAsDouble(balsam);
      results[2][i] = results[1][i] / results[0][i];
      System.out.printf(
          "  %s %d: bare %.1f, Balsam %.1f, ratio %.2f%n",
          what, i + 1, results[0][i], results[1][i], results[2][i]);
    }
    System.out.printf(
        "RESULT %-18s bare %8.1f   Balsam %8.1f   median ratio %.2f (%.2f…%.2f)%n",
        what,
        median(results[0]),
        median(results[1]),
        median(results[2]),
        DoubleStream.of(results[2]).min().orElseThrow(),
        DoubleStream.of(results[2]).max().orElseThrow());
  }

  /** Does not depend on the load of the machine. */
  private static void statements(Side side) {
    var round = SentStatements.during(Rounds::isPlayer, () -> new Rounds(side).finished(10));
    var rounds = new Rounds(side);
    var tasks = rounds.waiting(50);
    var task = SentStatements.during(Rounds::isPlayer, () -> rounds.decide(tasks));
    rounds.removeOpen();
    System.out.printf(
        "STATEMENTS %-11s %.1f each round, %.1f each claim and complete%n",
        side.name(), round / 10.0, task / 50.0);
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
