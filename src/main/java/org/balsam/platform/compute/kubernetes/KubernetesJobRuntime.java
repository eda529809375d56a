package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.State;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.runner.LogTail;
import org.balsam.platform.compute.runner.SpecCheck;
import org.springframework.context.Lifecycle;

/**
 * Runs each job as a Job of the cluster in the namespace of its project. The cluster and the object
 * storage say all about it; any number of servers may share them.
 */
public final class KubernetesJobRuntime implements JobRuntime, Lifecycle {

  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 10;
  private static final int LOG_LINES = 2000;
  private static final int LOG_BYTES = 4 << 20;
  private static final List<Integer> NO_LOG_YET = List.of(400, 404);

  private final KubernetesClient client;
  private final ClusterNames names;
  private final JobManifest manifest;
  private final JobResults results;
  private final JobView view;
  private final JobWatch watch;
  private final StorageKeys storage;
  private final Clock clock;

  KubernetesJobRuntime(
      KubernetesClient client,
      ClusterNames names,
      KubernetesProperties settings,
      JobResults results,
      StorageKeys storage,
      Consumer<JobFinished> finished,
      Clock clock) {
    this.client = client;
    this.names = names;
    this.manifest = new JobManifest(settings, names);
    this.results = results;
    this.view = new JobView(client, results);
    this.storage = storage;
    this.clock = clock;
    this.watch = new JobWatch(client, names, settings, view, this::end, storage, finished);
  }

  @Override
  public void submit(JobSpec spec) {
    SpecCheck.check(spec);
    KubernetesErrorMapper.run(
        "cannot start the job " + spec.id(),
        () -> {
          var present = find(spec.id());
          if (present.isPresent() && view.status(spec.id(), present.get()).state() == State.LOST) {
            delete(present.get());
            make(spec);
          } else if (present.isPresent()) {
            complete(spec, present.get());
          } else if (results.result(spec.id()).isEmpty()) {
            make(spec);
          }
        });
    watch.look(spec.project());
  }

  private void make(JobSpec spec) {
    Job job;
    try {
      job = client.resource(manifest.job(spec, storage.variables())).create();
    } catch (KubernetesClientException trouble) {
      if (trouble.getCode() != CONFLICT) {
        throw trouble;
      }
      job = find(spec.id()).orElseThrow(() -> trouble);
    }
    complete(spec, job);
  }

  /** Makes what the Job needs, unless it ended. */
  private void complete(JobSpec spec, Job job) {
    if (!names.owns(job, spec.project())) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "a Job %s is in namespace %s that this Balsam did not make"
              .formatted(spec.id(), job.getMetadata().getNamespace()));
    }
    if (!JobView.hasEnded(job)) {
      var plan = results.plan(spec);
      apply(manifest.secret(spec, storage.files(plan), job));
      apply(manifest.plan(plan, job));
    }
  }

  private void apply(HasMetadata thing) {
    client
        .resource(thing)
        .fieldManager(ClusterNames.FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  @Override
  public Optional<JobStatus> status(JobId id) {
    return KubernetesErrorMapper.call(
        "cannot read the job " + id,
        () -> {
          var job = find(id);
          return job.isPresent() ? Optional.of(view.status(id, job.get())) : results.result(id);
        });
  }

  @Override
  public void cancel(JobId id) {
    KubernetesErrorMapper.run(
        "cannot cancel the job " + id,
        () -> end(id, State.CANCELLED, "the job was cancelled at " + clock.instant()));
  }

  /** Ends it in this way unless it ended; the cluster then stops its pod. */
  private void end(JobId id, State state, String message) {
    for (int attempt = 1; ; attempt++) {
      var found = find(id).filter(job -> !JobView.hasEnded(job));
      if (found.isEmpty()) {
        return;
      }
      try {
        end(id, found.get(), state, message);
        return;
      } catch (KubernetesClientException trouble) {
        if (trouble.getCode() != CONFLICT || attempt == ATTEMPTS) {
          throw trouble;
        }
      }
    }
  }

  private void end(JobId id, Job job, State state, String message) {
    var waiting = view.waiting(job).map(reason -> "; until then: " + reason).orElse("");
    var now = JobView.status(id, job, state, message + waiting);
    var verdict =
        new JobStatus(
            id, state, null, now.message(), now.startedAt(), clock.instant(), List.of(), Map.of());
    var suspended = Boolean.TRUE.equals(job.getSpec().getSuspend());
    client
        .resource(
            new JobBuilder(job)
                .editMetadata()
                .addToAnnotations(
                    JobView.VERDICT, new String(JobJson.write(verdict), StandardCharsets.UTF_8))
                .endMetadata()
                .editSpec()
                // the cluster removes the pods of a Job past its deadline, and later the Job
                .withActiveDeadlineSeconds(1L)
                .endSpec()
                .build())
        .lockResourceVersion()
        .update();
    results.keep(verdict);
    if (suspended) {
      delete(job);
    }
  }

  @Override
  public String logTail(JobId id, int maxBytes) {
    return KubernetesErrorMapper.call(
        "cannot read the log of " + id,
        () ->
            LogTail.of(
                results.log(id).orElseGet(() -> running(id).getBytes(StandardCharsets.UTF_8)),
                maxBytes));
  }

  private String running(JobId id) {
    try {
      return find(id).map(job -> view.log(job, LOG_LINES, LOG_BYTES)).orElse("");
    } catch (KubernetesClientException trouble) {
      if (NO_LOG_YET.contains(trouble.getCode())) {
        return "";
      }
      throw trouble;
    }
  }

  private Optional<Job> find(JobId id) {
    return Optional.ofNullable(
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(names.namespace(id.project()))
            .withName(id.value())
            .get());
  }

  private void delete(Job job) {
    client.resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  /** Starts to tell of jobs that end, also of those that ended before. */
  @Override
  public void start() {
    watch.start();
  }

  /** Stops to tell; jobs go on. */
  @Override
  public void stop() {
    watch.stop();
  }

  @Override
  public boolean isRunning() {
    return watch.isRunning();
  }

  /** Which namespaces are watched, for tests. */
  boolean watches(ProjectId project) {
    return watch.watches(project);
  }
}
