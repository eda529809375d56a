package org.balsam.platform.health;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.Probe;
import org.balsam.platform.health.Finding.Depth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Looks at adapters, all at the same time and each for a limited time. However many ask, an adapter
 * is looked at once at a time: who asks meanwhile gets the same finding.
 */
public final class Examination implements AutoCloseable {

  /** How long a look may take. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

  private final List<Probe> probes;
  private final Duration limit;
  private final Clock clock;
  private final ExecutorService threads = Executors.newCachedThreadPool(Examination::thread);
  private final ConcurrentMap<Look, CompletableFuture<Finding>> running = new ConcurrentHashMap<>();

  private record Look(Probe probe, Depth depth) {}

  /**
   * An examination, which begins nothing yet.
   *
   * @param limit of a look; one that takes longer is interrupted and told as a problem
   */
  public Examination(List<Probe> probes, Duration limit, Clock clock) {
    this.probes = List.copyOf(probes);
    this.limit = limit;
    this.clock = clock;
  }

  /** Looks at every adapter, end to end, and waits for the findings; in the order of the probes. */
  public List<Finding> whole() {
    return look(probe -> Depth.WHOLE, finding -> {});
  }

  /**
   * Looks at every adapter and waits for the findings.
   *
   * @param told is told each finding as soon as there is one, from any thread
   */
  List<Finding> look(Function<Probe, Depth> depth, Consumer<Finding> told) {
    var looks =
        probes.stream()
            .map(probe -> begin(new Look(probe, depth.apply(probe))))
            .map(look -> look.whenComplete((finding, none) -> told.accept(finding)))
            .toList();
    return looks.stream().map(CompletableFuture::join).toList();
  }

  /** What hangs stays in the map, so that nobody begins the same once more. */
  private CompletableFuture<Finding> begin(Look look) {
    return running.computeIfAbsent(look, this::launch);
  }

  private CompletableFuture<Finding> launch(Look look) {
    var finding = new CompletableFuture<Finding>();
    var began = System.nanoTime();
    var thread =
        threads.submit(
            () -> {
              var problem = "an error inside Balsam";
              try {
                problem = problem(look);
              } finally {
                running.remove(look, finding);
                finding.complete(finding(look, problem, began));
              }
            });
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(
            () -> {
              if (finding.complete(finding(look, "gave no answer within " + limit, began))) {
                thread.cancel(true);
              }
            });
    return finding;
  }

  private Finding finding(Look look, String problem, long began) {
    return new Finding(
        look.probe.port(),
        look.probe.target(),
        look.depth,
        problem,
        clock.instant(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static String problem(Look look) {
    try {
      switch (look.depth) {
        case WHOLE -> look.probe.check();
        case GLANCE -> look.probe.glance();
      }
      return "";
    } catch (BalsamException told) {
      return String.valueOf(told.getMessage());
    } catch (BadSqlGrammarException missing) {
      return "needs Balsam's tables, which the server makes at its first start (%s)"
          .formatted(missing.getSQLException().getMessage());
    } catch (RuntimeException bug) {
      LOG.error("the adapter of {} could not be looked at", look.probe.port(), bug);
      return "an error inside Balsam (%s); the log says more"
          .formatted(bug.getClass().getSimpleName());
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "probe");
    thread.setDaemon(true);
    return thread;
  }

  /** Interrupts what is running. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
