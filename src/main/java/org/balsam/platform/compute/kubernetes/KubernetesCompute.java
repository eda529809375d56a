package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.function.Consumer;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Probe;
import org.balsam.platform.compute.JobFinished;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.workspace.WorkspaceCode;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageAccess;

/** The runtimes of one cluster, which share a connection. */
public final class KubernetesCompute implements AutoCloseable {

  private final KubernetesProperties settings;
  private final KubernetesClient client;
  private final ClusterNames names;
  private final JobResults results;
  private final StorageKeys storage;
  private final ObjectStore store;

  /**
   * Opens the connection; the cluster is not asked anything yet.
   *
   * @param storage must be on a server, which pods can reach
   * @param code gives the code of projects; pods get it from the storage
   */
  public KubernetesCompute(
      KubernetesProperties settings,
      Installation installation,
      StorageAccess storage,
      ObjectStore store,
      WorkspaceCode.CheckOut code) {
    this.settings = settings;
    this.client = KubernetesConnection.open(settings);
    this.names = new ClusterNames(installation);
    this.storage = new StorageKeys(storage, settings);
    this.store = store;
    this.results = new JobResults(store, new BucketNames(installation)::of, code);
  }

  /** Runs jobs. */
  public KubernetesJobRuntime jobs(Consumer<JobFinished> finished) {
    return new KubernetesJobRuntime(
        client, names, settings, results, storage, finished, Clock.systemUTC());
  }

  /** Shows that the cluster does what Balsam needs. */
  public Probe probe() {
    return new KubernetesProbe(
        client,
        names,
        namespaces(),
        new JobManifest(settings, names),
        new WorkspaceManifest(settings, names));
  }

  private ProjectNamespace namespaces() {
    return new ProjectNamespace(client, names, new NamespaceContents(settings, names));
  }

  /** Keeps namespaces and workspaces. */
  public KubernetesWorkspaceRuntime workspaces() {
    return new KubernetesWorkspaceRuntime(
        client,
        names,
        settings,
        namespaces(),
        new WorkspacePlans(store, results),
        storage,
        Clock.systemUTC());
  }

  @Override
  public void close() {
    client.close();
  }
}
