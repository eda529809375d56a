package org.balsam.platform.compute;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster that steps and workspaces run on when {@code balsam.compute.type} is {@code
 * kubernetes}.
 *
 * @param kubeconfig how the cluster is reached; without it, by the service account of the pod that
 *     Balsam runs in
 * @param image Balsam's own image with its digest; fetches, publishes, runs SQL and Java steps
 * @param images images of steps that name none, by kind: {@code python}, {@code r}, {@code
 *     notebook}, {@code command}; a kind without one runs in Balsam's image
 * @param pinned whether every image must be given with its digest
 * @param projectRole the ClusterRole that Balsam binds itself to in the namespace of a project
 * @param serviceAccount {@code namespace/name} of the account that Balsam acts as
 * @param user the numeric user that containers run as, not 0
 * @param startLimit how long a job may wait for a machine, quota or image before it is given up
 * @param grace how long a pod may take beyond its step's time limit, for fetching and publishing
 * @param backoffLimit how often a pod that failed for a reason outside the step is replaced
 * @param keepFor how long an ended job stays in the cluster
 * @param quota hard limits of each project's namespace, for example {@code requests.cpu: 32}
 * @param defaults limits of containers that name none: {@code cpu}, {@code memory}
 * @param profiles kinds of machines, the first that a step or workspace fits into is taken; without
 *     any, no machine is chosen
 * @param connectTimeout how long the API server may take to accept a connection
 * @param requestTimeout how long it may take to answer
 */
@ConfigurationProperties("balsam.compute.kubernetes")
public record KubernetesProperties(
    @Nullable Path kubeconfig,
    @DefaultValue("") String image,
    Map<String, String> images,
    @DefaultValue("true") boolean pinned,
    @DefaultValue("balsam-project") String projectRole,
    @DefaultValue("balsam/balsam") String serviceAccount,
    @DefaultValue("10001") long user,
    @DefaultValue("30m") Duration startLimit,
    @DefaultValue("5m") Duration grace,
    @DefaultValue("3") int backoffLimit,
    @DefaultValue("7d") Duration keepFor,
    Map<String, String> quota,
    Map<String, String> defaults,
    List<Profile> profiles,
    @DefaultValue Network network,
    @DefaultValue Workspaces workspaces,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("20s") Duration requestTimeout) {

  private static final String PREFIX = "balsam.compute.kubernetes.";
  private static final Pattern PINNED = Pattern.compile("[^@\\s]+@sha256:[0-9a-f]{64}");
  private static final Pattern ACCOUNT =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  public KubernetesProperties {
    images = images == null ? Map.of() : Map.copyOf(images);
    quota = quota == null ? Map.of() : Map.copyOf(quota);
    defaults = defaults == null ? Map.of() : Map.copyOf(defaults);
    profiles = profiles == null ? List.of() : List.copyOf(profiles);
    check(
        "images",
        isKnown(images),
        images.keySet() + " may only be python, r, notebook and command");
    check("user", user > 0 && user < 1L << 31, user + " is not in the range 1 to 2147483647");
    check("start-limit", isPositive(startLimit), startLimit + " is not positive");
    check("grace", !grace.isNegative(), grace + " is negative; allowed is 0s or more");
    check(
        "backoff-limit", backoffLimit >= 0 && backoffLimit <= 20, backoffLimit + " is not 0 to 20");
    check("keep-for", isPositive(keepFor), keepFor + " is not positive");
    check("connect-timeout", isPositive(connectTimeout), connectTimeout + " is not positive");
    check("request-timeout", isPositive(requestTimeout), requestTimeout + " is not positive");
    check(
        "service-account",
        ACCOUNT.matcher(serviceAccount).matches(),
        "'" + serviceAccount + "' is not of the form namespace/name");
  }

  /**
   * Checks what only the type {@code kubernetes} demands.
   *
   * @throws Invalid naming the key
   */
  public KubernetesProperties required() {
    check("image", !image.isEmpty(), "is not set; give Balsam's own image, name@sha256:…");
    checkPinned("image", image);
    check(
        "network.storage",
        !network.storage().isEmpty(),
        "is not set; give the addresses of the object storage, for example 10.20.0.10/32:"
            + " every pod reaches them and, declared offline, nothing else");
    images.forEach((kind, name) -> checkPinned("images." + kind, name));
    if (!workspaces.image().isEmpty()) {
      checkPinned("workspaces.image", workspaces.image());
    }
    return this;
  }

  private void checkPinned(String key, String name) {
    check(
        key,
        !pinned || PINNED.matcher(name).matches(),
        "'" + name + "' has no digest; allowed is name@sha256: and 64 hexadecimal digits");
  }

  private static boolean isKnown(Map<String, String> images) {
    return List.of("python", "r", "notebook", "command").containsAll(images.keySet());
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void check(String key, boolean right, String otherwise) {
    if (!right) {
      throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, otherwise);
    }
  }

  /**
   * A kind of machine.
   *
   * @param maxCpu cores, of the largest step or workspace that fits
   * @param maxMemoryMib mebibytes
   * @param maxGpu GPUs; 0 for a kind without
   * @param nodeSelector labels of its nodes
   * @param tolerations taints of its nodes that are accepted
   * @param queue the Kueue queue that its jobs wait in; none without it
   * @param priorityClass the class of priority of its pods
   */
  public record Profile(
      @DefaultValue("2147483647") int maxCpu,
      @DefaultValue("2147483647") int maxMemoryMib,
      @DefaultValue("0") int maxGpu,
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      @DefaultValue("") String queue,
      @DefaultValue("") String priorityClass) {

    /** No choice of machine. */
    public static final Profile ANY =
        new Profile(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of(), List.of(), "", "");

    public Profile {
      nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
      tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
    }

    /** Whether a step or workspace of these resources fits. */
    public boolean fits(int cpu, int memoryMib, int gpu) {
      return cpu <= maxCpu && memoryMib <= maxMemoryMib && gpu <= maxGpu;
    }
  }

  /**
   * An accepted taint.
   *
   * @param value empty for any
   * @param effect {@code NoSchedule}, {@code NoExecute}, {@code PreferNoSchedule}; empty for all
   */
  public record Toleration(
      String key, @DefaultValue("") String value, @DefaultValue("NoSchedule") String effect) {}

  /**
   * What pods may reach; everything else is denied.
   *
   * @param storage address ranges of the object storage, which every pod reaches, also one that is
   *     declared offline; for example {@code 10.20.0.10/32}
   * @param storagePort its port
   * @param internal address ranges that the class {@code internal} reaches
   * @param notInternet address ranges that the class {@code internet} does not reach
   * @param ingressNamespace the namespace whose pods may call workspaces: that of the ingress
   *     controller
   */
  public record Network(
      List<String> storage,
      @DefaultValue("443") int storagePort,
      @DefaultValue({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}) List<String> internal,
      @DefaultValue({
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "127.0.0.0/8"
          })
          List<String> notInternet,
      @DefaultValue("ingress-nginx") String ingressNamespace) {

    public Network {
      storage = storage == null ? List.of() : List.copyOf(storage);
    }
  }

  /**
   * Workspaces that people work in.
   *
   * @param image an image with JupyterLab, with its digest; without it no service is started
   * @param host the host name of a workspace's service, in which {@code {workspace}} is its id
   * @param ingressClass the class of ingress; empty for the cluster's default
   * @param storageClass the class of storage; empty for the cluster's default
   * @param size of its volume, and the most that one of a template may have
   * @param templateHosts host names that templates of manifests may use besides {@code host}. The
   *     workspaces on one of them can reach each other's cookies
   */
  public record Workspaces(
      @DefaultValue("") String image,
      @DefaultValue("{workspace}.workspaces.example.invalid") String host,
      @DefaultValue("") String ingressClass,
      @DefaultValue("") String storageClass,
      @DefaultValue("10Gi") String size,
      Set<String> templateHosts) {

    public Workspaces {
      templateHosts = templateHosts == null ? Set.of() : Set.copyOf(templateHosts);
    }
  }
}
