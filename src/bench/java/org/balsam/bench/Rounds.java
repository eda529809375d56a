package org.balsam.bench;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;

/**
 * Plays rounds on one engine with two threads, without ever waiting: they execute the due jobs, do
 * the people's tasks and report the ends of step jobs.
 */
final class Rounds {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int THREADS = 2;
  private static final String PLAYER = "player";
  private static final String ROUND = "statisticalRound";

  private final Side side;

  Rounds(Side side) {
    this.side = side;
  }

  /** Rounds per second, from the start of the first to the end of the last. */
  double finished(int count) {
    var before = ended();
    var start = System.nanoTime();
    parallel(keys(count), side::start);
    while (open() > 0) {
      parallel(dueJobs(), this::execute);
      parallel(openTasks(), this::decide);
      parallel(endedSteps(), this::report);
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    if (ended() - before != count) {
      throw new IllegalStateException(ended() - before + " rounds ended, not " + count);
    }
    return count / seconds;
  }

  /** Claims and completions of a task per second, with nothing else running. */
  double decided(int count) {
    var tasks = waiting(count);
    var start = System.nanoTime();
    decide(tasks);
    var seconds = (System.nanoTime() - start) / 1e9;
    removeOpen();
    return count / seconds;
  }

  /** New rounds, each at its first task. */
  List<Task> waiting(int count) {
    parallel(keys(count), side::start);
    while (openTasks().size() < count) {
      parallel(dueJobs(), this::execute);
    }
    return openTasks();
  }

  void decide(List<Task> tasks) {
    parallel(tasks, this::decide);
  }

  /** Whether the thread plays, as opposed to those that work in the background of an engine. */
  static boolean isPlayer(Thread thread) {
    return thread.getName().startsWith(PLAYER);
  }

  private void execute(Job job) {
    side.asSystem(
        () -> {
          side.engine().getManagementService().executeJob(job.getId());
          return null;
        });
  }

  private void decide(Task task) {
    var person =
        switch (task.getTaskDefinitionKey()) {
          case "userTask_confirmInputs" -> "subject";
          case "userTask_reviewResults" -> "quality";
          default -> "owner";
        };
    var service = side.engine().getTaskService();
    side.as(
        person,
        () -> {
          service.claim(task.getId(), person);
          service.complete(task.getId(), NoOps.decisions(task.getTaskDefinitionKey()));
        });
  }

  private void report(EventSubscription waiting) {
    side.asSystem(
        () -> {
          side.engine()
              .getRuntimeService()
              .messageEventReceived(waiting.getEventName(), waiting.getExecutionId());
          return null;
        });
  }

  private static <T> void parallel(List<T> items, Consumer<T> work) {
    if (items.isEmpty()) {
      return;
    }
    var queue = new ConcurrentLinkedQueue<>(items);
    Callable<Void> worker =
        () -> {
          for (var item = queue.poll(); item != null; item = queue.poll()) {
            work.accept(item);
          }
          return null;
        };
    var pool = Executors.newFixedThreadPool(THREADS, player -> new Thread(player, PLAYER));
    try {
      for (var done : pool.invokeAll(Collections.nCopies(THREADS, worker))) {
        done.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    } finally {
      pool.shutdown();
    }
  }

  private List<Job> dueJobs() {
    return query(() -> side.engine().getManagementService().createJobQuery().executable().list());
  }

  private List<Task> openTasks() {
    return query(() -> side.engine().getTaskService().createTaskQuery().list());
  }

  private List<EventSubscription> endedSteps() {
    return query(
        () ->
            side.engine()
                .getRuntimeService()
                .createEventSubscriptionQuery()
                .eventType("message")
                .eventName("balsam.jobFinished")
                .list());
  }

  private long open() {
    return query(
        () ->
            side.engine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(ROUND)
                .count());
  }

  private long ended() {
    return query(
        () ->
            side.engine()
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(ROUND)
                .completed()
                .count());
  }

  void removeOpen() {
    var runtime = side.engine().getRuntimeService();
    parallel(
        query(() -> runtime.createProcessInstanceQuery().processDefinitionKey(ROUND).list()),
        one ->
            query(
                () -> {
                  runtime.deleteProcessInstance(one.getId(), "measured");
                  return one;
                }));
  }

  private <T> T query(Supplier<T> query) {
    return side.asSystem(query);
  }

  private static List<String> keys(int count) {
    return Collections.nCopies(count, "").stream().map(nothing -> key()).toList();
  }

  private static String key() {
    var number = NUMBER.getAndIncrement();
    return "bench-%d-q%d-r%d".formatted(2000 + number / 400, 1 + number / 100 % 4, number % 100);
  }
}
