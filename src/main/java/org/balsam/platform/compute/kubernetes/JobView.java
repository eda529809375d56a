package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.balsam.kernel.JobId;
import org.balsam.platform.compute.JobJson;
import org.balsam.platform.compute.JobStatus;
import org.balsam.platform.compute.JobStatus.State;
import org.jspecify.annotations.Nullable;

/** Says what a Job, its pods and its result together mean. */
final class JobView {

  /** On a Job that Balsam stopped: how it ended, as a result document. */
  static final String VERDICT = "balsam.org/verdict";

  private static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final String STORAGE_LIMIT = "emptyDir";

  private final KubernetesClient client;
  private final JobResults results;

  JobView(KubernetesClient client, JobResults results) {
    this.client = client;
    this.results = results;
  }

  /** Whether nothing more will happen in the cluster. */
  static boolean hasEnded(Job job) {
    return condition(job, "Complete").isPresent()
        || condition(job, "Failed").isPresent()
        || verdict(job).isPresent();
  }

  /** How it stands. */
  JobStatus status(JobId id, Job job) {
    var verdict = verdict(job);
    if (verdict.isPresent()) {
      return verdict.get();
    }
    if (condition(job, "Complete").isPresent()) {
      return results.result(id).orElseGet(() -> withoutResult(id, job));
    }
    var failed = condition(job, "Failed");
    return failed.isPresent()
        ? results.result(id).orElseGet(() -> failed(id, job, failed.get()))
        : status(id, job, State.RUNNING, waiting(job).orElse(""));
  }

  /** Why it does not run yet, for a person. */
  Optional<String> waiting(Job job) {
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return Optional.of("waits in its queue until the cluster has room for it");
    }
    var pods = pods(job);
    return pods.isEmpty()
        ? refusal(job)
        : pods.stream().map(PodTrouble::waiting).flatMap(Optional::stream).findFirst();
  }

  /** Whether something is in the way of its command; a Job in a queue waits as long as it takes. */
  boolean isStuck(Job job) {
    return !Boolean.TRUE.equals(job.getSpec().getSuspend())
        && waiting(job).isPresent()
        && pods(job).stream()
            .flatMap(pod -> pod.getStatus().getInitContainerStatuses().stream())
            .filter(container -> container.getName().equals(JobManifest.STEP))
            .map(ContainerStatus::getState)
            .noneMatch(
                state ->
                    state != null && (state.getRunning() != null || state.getTerminated() != null));
  }

  /** The end of what the running command wrote. */
  String log(Job job, int lines, int bytes) {
    return pods(job).stream()
        .findFirst()
        .map(
            pod ->
                client
                    .pods()
                    .resource(pod)
                    .inContainer(JobManifest.STEP)
                    .limitBytes(bytes)
                    .tailingLines(lines)
                    .getLog())
        .orElse("");
  }

  /** The document of a Job that Balsam stopped. */
  static Optional<JobStatus> verdict(Job job) {
    var annotations = job.getMetadata().getAnnotations();
    return annotations == null || !annotations.containsKey(VERDICT)
        ? Optional.empty()
        : Optional.of(
            JobJson.readStatus(annotations.get(VERDICT).getBytes(StandardCharsets.UTF_8)));
  }

  static JobStatus status(JobId id, Job job, State state, String message) {
    return new JobStatus(
        id, state, null, message, begun(job), ended(job, state), List.of(), Map.of());
  }

  private static @Nullable Instant begun(Job job) {
    return job.getStatus() == null || job.getStatus().getStartTime() == null
        ? null
        : Instant.parse(job.getStatus().getStartTime());
  }

  private static @Nullable Instant ended(Job job, State state) {
    return state == State.RUNNING
        ? null
        : Stream.of("Failed", "Complete")
            .flatMap(type -> condition(job, type).stream())
            .map(condition -> Instant.parse(condition.getLastTransitionTime()))
            .findFirst()
            .orElse(null);
  }

  private JobStatus withoutResult(JobId id, Job job) {
    return status(id, job, State.LOST, "the job ended without a result; running it again is safe");
  }

  private JobStatus failed(JobId id, Job job, JobCondition condition) {
    var pods = pods(job);
    var memory = first(pods, PodTrouble::outOfMemory);
    if (memory.isPresent()) {
      return status(id, job, State.LIMIT_EXCEEDED, memory.get());
    }
    var disk = first(pods, PodTrouble::evicted).filter(text -> text.contains(STORAGE_LIMIT));
    if (disk.isPresent()) {
      return status(
          id,
          job,
          State.LIMIT_EXCEEDED,
          disk.get() + "; write less, or raise 'resources: output' of the step in balsam.yaml");
    }
    if ("DeadlineExceeded".equals(condition.getReason())
        || pods.stream().anyMatch(pod -> "DeadlineExceeded".equals(pod.getStatus().getReason()))) {
      return status(
          id, job, State.TIMED_OUT, "the pod ran longer than the step's limit and was stopped");
    }
    var reason = first(pods, PodTrouble::failure).orElse(String.valueOf(condition.getMessage()));
    return "PodFailurePolicy".equals(condition.getReason())
        ? status(id, job, State.FAILED, reason)
        : status(id, job, State.LOST, reason + "; running it again is safe");
  }

  private static Optional<String> first(
      List<Pod> pods, java.util.function.Function<Pod, Optional<String>> question) {
    return pods.stream().map(question).flatMap(Optional::stream).findFirst();
  }

  /** What the cluster said when it would not make a pod. */
  private Optional<String> refusal(Job job) {
    return client
        .v1()
        .events()
        .inNamespace(job.getMetadata().getNamespace())
        .withField("involvedObject.uid", job.getMetadata().getUid())
        .list()
        .getItems()
        .stream()
        .filter(event -> "FailedCreate".equals(event.getReason()))
        .map(Event::getMessage)
        .map(text -> KubernetesErrorMapper.quota(text).orElse("no pod can be made: " + text))
        .findFirst();
  }

  /** Newest first. */
  private List<Pod> pods(Job job) {
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withLabel(JOB_NAME, job.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .sorted(
            Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp()).reversed())
        .toList();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals(type))
            .filter(condition -> "True".equals(condition.getStatus()))
            .findFirst();
  }
}
