package org.balsam.platform.compute.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.KubernetesProperties;

/** What every project's namespace holds. */
final class NamespaceContents {

  /** The account that pods run as; it has no rights and its token is mounted nowhere. */
  static final String POD_ACCOUNT = "balsam-step";

  /** The name of the quota. */
  static final String QUOTA = "balsam";

  /** The port of the service of a workspace. */
  static final int SERVICE_PORT = 8888;

  private static final int DNS_PORT = 53;
  private static final Map<String, String> DEFAULT_LIMITS = Map.of("cpu", "1", "memory", "512Mi");

  private final KubernetesProperties settings;
  private final ClusterNames names;

  NamespaceContents(KubernetesProperties settings, ClusterNames names) {
    this.settings = settings;
    this.names = names;
  }

  /** What gives Balsam its rights in the namespace. */
  RoleBinding binding(ProjectId project) {
    var account = settings.serviceAccount().split("/");
    return new RoleBindingBuilder()
        .withMetadata(names.meta(project, "balsam"))
        .withNewRoleRef()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("ClusterRole")
        .withName(settings.projectRole())
        .endRoleRef()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withNamespace(account[0])
        .withName(account[1])
        .endSubject()
        .build();
  }

  List<HasMetadata> all(ProjectId project) {
    var all = new ArrayList<HasMetadata>();
    all.add(
        new ServiceAccountBuilder()
            .withMetadata(names.meta(project, POD_ACCOUNT))
            .withAutomountServiceAccountToken(false)
            .build());
    all.add(
        new LimitRangeBuilder()
            .withMetadata(names.meta(project, "balsam"))
            .withNewSpec()
            .addNewLimit()
            .withType("Container")
            .withDefault(
                quantities(settings.defaults().isEmpty() ? DEFAULT_LIMITS : settings.defaults()))
            .endLimit()
            .endSpec()
            .build());
    if (!settings.quota().isEmpty()) {
      all.add(
          new ResourceQuotaBuilder()
              .withMetadata(names.meta(project, QUOTA))
              .withNewSpec()
              .withHard(quantities(settings.quota()))
              .endSpec()
              .build());
    }
    all.addAll(policies(project));
    return all;
  }

  private List<NetworkPolicy> policies(ProjectId project) {
    var network = settings.network();
    return List.of(
        new NetworkPolicyBuilder()
            .withMetadata(names.meta(project, "default-deny"))
            .withNewSpec()
            .withNewPodSelector()
            .endPodSelector()
            .withPolicyTypes("Ingress", "Egress")
            .endSpec()
            .build(),
        egress(
            project,
            "egress-offline",
            new LabelSelector(),
            List.of(dns(), to(network.storage(), List.of(), network.storagePort()))),
        egress(
            project,
            "egress-internal",
            classOf("internal"),
            List.of(to(network.internal(), List.of(), 0))),
        egress(
            project,
            "egress-internet",
            classOf("internet"),
            List.of(to(List.of("0.0.0.0/0"), network.notInternet(), 0))),
        new NetworkPolicyBuilder()
            .withMetadata(names.meta(project, "ingress-workspaces"))
            .withNewSpec()
            .withPodSelector(
                new LabelSelectorBuilder()
                    .addNewMatchExpression()
                    .withKey(ClusterNames.WORKSPACE)
                    .withOperator("Exists")
                    .endMatchExpression()
                    .build())
            .withPolicyTypes("Ingress")
            .addNewIngress()
            .withFrom(fromNamespace(network.ingressNamespace()), fromNamespace(balsamNamespace()))
            .addNewPort()
            .withPort(new IntOrString(SERVICE_PORT))
            .withProtocol("TCP")
            .endPort()
            .endIngress()
            .endSpec()
            .build());
  }

  private NetworkPolicy egress(
      ProjectId project, String name, LabelSelector pods, List<NetworkPolicyEgressRule> rules) {
    return new NetworkPolicyBuilder()
        .withMetadata(names.meta(project, name))
        .withNewSpec()
        .withPodSelector(pods)
        .withPolicyTypes("Egress")
        .withEgress(rules)
        .endSpec()
        .build();
  }

  private static LabelSelector classOf(String network) {
    return new LabelSelectorBuilder().addToMatchLabels(ClusterNames.NETWORK, network).build();
  }

  private static NetworkPolicyEgressRule dns() {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(fromNamespace("kube-system"))
        .addNewPort()
        .withPort(new IntOrString(DNS_PORT))
        .withProtocol("UDP")
        .endPort()
        .addNewPort()
        .withPort(new IntOrString(DNS_PORT))
        .withProtocol("TCP")
        .endPort()
        .build();
  }

  private static NetworkPolicyEgressRule to(List<String> ranges, List<String> except, int port) {
    var rule = new NetworkPolicyEgressRuleBuilder();
    for (var range : ranges) {
      rule.addNewTo().withNewIpBlock().withCidr(range).withExcept(except).endIpBlock().endTo();
    }
    return port == 0
        ? rule.build()
        : rule.addNewPort().withPort(new IntOrString(port)).withProtocol("TCP").endPort().build();
  }

  private static NetworkPolicyPeer fromNamespace(String name) {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", name)
        .endNamespaceSelector()
        .build();
  }

  private String balsamNamespace() {
    return settings.serviceAccount().split("/")[0];
  }

  private static Map<String, Quantity> quantities(Map<String, String> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, value -> new Quantity(value.getValue())));
  }
}
