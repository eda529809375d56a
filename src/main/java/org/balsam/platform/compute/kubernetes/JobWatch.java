package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.KubernetesProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the Jobs of all projects that were not told of yet: tells of those that end, and gives up
 * those that never start. A watch that breaks, also one that is told that it is too old (410),
 * lists anew and goes on.
 */
final class JobWatch {

  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final long SEARCH_EVERY_S = 15;

  /** Receivers may not be ready at once, so each end is told several times. */
  private static final List<Long> TELL_AFTER_MS = List.of(0L, 200L, 1_000L, 5_000L);

  private static final String TOLD_PATCH =
      "{\"metadata\":{\"labels\":{\"%s\":\"true\"}}}".formatted(ClusterNames.TOLD);

  private final KubernetesClient client;
  private final ClusterNames names;
  private final KubernetesProperties settings;
  private final JobView view;
  private final End end;
  private final StorageKeys storage;
  private final Consumer<JobFinished> finished;
  private final Map<String, SharedIndexInformer<Job>> informers = new ConcurrentHashMap<>();
  private final Set<String> telling = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledExecutorService executor;

  /** Ends a job that does not start. */
  interface End {
    void end(JobId job, State state, String message);
  }

  JobWatch(
      KubernetesClient client,
      ClusterNames names,
      KubernetesProperties settings,
      JobView view,
      End end,
      StorageKeys storage,
      Consumer<JobFinished> finished) {
    this.client = client;
    this.names = names;
    this.settings = settings;
    this.view = view;
    this.end = end;
    this.storage = storage;
    this.finished = finished;
  }

  synchronized void start() {
    if (executor == null) {
      executor =
          Executors.newScheduledThreadPool(
              2,
              work -> {
                var thread = new Thread(work, "job-watch");
                thread.setDaemon(true);
                return thread;
              });
      executor.scheduleWithFixedDelay(this::search, 0, SEARCH_EVERY_S, TimeUnit.SECONDS);
    }
  }

  synchronized void stop() {
    if (executor != null) {
      executor.shutdownNow();
      executor = null;
      informers.values().forEach(SharedIndexInformer::stop);
      informers.clear();
      telling.clear();
    }
  }

  synchronized boolean isRunning() {
    return executor != null;
  }

  boolean watches(ProjectId project) {
    return informers.containsKey(names.namespace(project));
  }

  /** Watches a project from now on. */
  synchronized void look(ProjectId project) {
    if (executor != null) {
      executor.execute(() -> watch(names.namespace(project)));
    }
  }

  private void search() {
    try {
      var present =
          client
              .namespaces()
              .withLabel(ClusterNames.OWNER, names.owner())
              .list()
              .getItems()
              .stream()
              .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
              .map(Namespace::getMetadata)
              .map(metadata -> metadata.getName())
              .collect(Collectors.toSet());
      informers.keySet().stream().filter(name -> !present.contains(name)).forEach(this::forget);
      present.forEach(this::watch);
      giveUp();
    } catch (RuntimeException trouble) {
      LOG.warn("Looking after the jobs in the cluster failed; it goes on", trouble);
    }
  }

  private void forget(String namespace) {
    var informer = informers.remove(namespace);
    if (informer != null) {
      informer.stop();
    }
  }

  private synchronized void watch(String namespace) {
    if (executor == null || informers.containsKey(namespace)) {
      return;
    }
    var informer =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabel(ClusterNames.OWNER, names.owner())
            .withoutLabel(ClusterNames.TOLD)
            .runnableInformer(0)
            .addEventHandler(new Ends())
            .exceptionHandler((started, trouble) -> goesOn(namespace, trouble));
    informers.put(namespace, informer);
    informer.start().exceptionally(trouble -> startAgain(namespace, trouble));
  }

  private boolean goesOn(String namespace, Throwable trouble) {
    LOG.warn("The watch of {} broke and is opened again: {}", namespace, trouble.toString());
    return true;
  }

  private @Nullable Void startAgain(String namespace, Throwable trouble) {
    LOG.warn("The watch of {} could not be opened yet: {}", namespace, trouble.toString());
    forget(namespace);
    return null;
  }

  private final class Ends implements ResourceEventHandler<Job> {
    @Override
    public void onAdd(Job job) {
      look(job);
    }

    @Override
    public void onUpdate(Job before, Job job) {
      look(job);
    }

    @Override
    public void onDelete(Job job, boolean unseen) {
      telling.remove(job.getMetadata().getUid());
    }

    private void look(Job job) {
      if (JobView.hasEnded(job) && telling.add(job.getMetadata().getUid())) {
        settle(job);
      }
    }
  }

  private synchronized void settle(Job job) {
    if (executor != null) {
      for (var delay : TELL_AFTER_MS) {
        executor.schedule(() -> tell(job), delay, TimeUnit.MILLISECONDS);
      }
      executor.execute(() -> endKeys(job));
      executor.schedule(
          () -> noteTold(job), TELL_AFTER_MS.get(TELL_AFTER_MS.size() - 1), TimeUnit.MILLISECONDS);
    }
  }

  private void tell(Job job) {
    try {
      finished.accept(new JobFinished(id(job)));
    } catch (RuntimeException notReady) {
      LOG.debug("Nobody took the end of the job {} yet", id(job), notReady);
    }
  }

  private void endKeys(Job job) {
    try {
      storage.end(id(job).project(), id(job).value());
    } catch (RuntimeException trouble) {
      LOG.warn("The storage key of the job {} ends by its own time only", id(job), trouble);
    }
  }

  private void noteTold(Job job) {
    try {
      client.resource(job).patch(PatchContext.of(PatchType.JSON_MERGE), TOLD_PATCH);
    } catch (KubernetesClientException trouble) {
      LOG.debug("Cannot note that the end of the job {} was told", id(job), trouble);
      telling.remove(job.getMetadata().getUid());
    }
  }

  private void giveUp() {
    var limit = settings.startLimit();
    for (var informer : informers.values()) {
      for (var job : informer.getStore().list()) {
        if (!JobView.hasEnded(job) && age(job).compareTo(limit) > 0 && view.isStuck(job)) {
          end.end(id(job), State.FAILED, "the cluster did not start the step within " + limit);
        }
      }
    }
  }

  private static Duration age(Job job) {
    return Duration.between(Instant.parse(job.getMetadata().getCreationTimestamp()), Instant.now());
  }

  private static JobId id(Job job) {
    return new JobId(job.getMetadata().getName());
  }
}
