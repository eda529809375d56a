package org.balsam.platform.compute.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.platform.compute.KubernetesProperties;
import org.balsam.platform.compute.WorkspaceRuntime.Manifests;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;

/**
 * What the manifests of a template may not ask of this cluster. That they are harmless in
 * themselves was checked when they were filled in.
 */
final class TemplateAdmission {

  private static final String POD = "spec.template.spec.";

  private final KubernetesProperties.Workspaces settings;
  private final WorkspaceSpec spec;
  private final Set<String> hosts;
  private final List<Problem> problems = new ArrayList<>();

  private TemplateAdmission(KubernetesProperties.Workspaces settings, WorkspaceSpec spec) {
    this.settings = settings;
    this.spec = spec;
    this.hosts = new HashSet<>(settings.templateHosts());
    hosts.add(settings.host().replace("{workspace}", spec.id()));
  }

  /**
   * Demands that they ask for nothing else.
   *
   * @throws Invalid with each place and what is allowed there
   */
  static void check(
      KubernetesProperties.Workspaces settings, WorkspaceSpec spec, Manifests manifests) {
    var admission = new TemplateAdmission(settings, spec);
    manifests.objects().forEach(admission::check);
    admission.host("balsam-workspace-url", manifests.url().getHost());
    if (!admission.problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, admission.problems);
    }
  }

  private void check(String file, JsonNode object) {
    var name = object.at("/metadata/name").asText();
    switch (object.path("kind").asText()) {
      case "Deployment" -> pod(file + ", " + POD, object.at("/spec/template/spec"));
      case "Ingress" -> ingress(file, object.path("spec"));
      case "PersistentVolumeClaim" -> {
        reserved(file, name, spec.id());
        var asked = object.at("/spec/resources/requests/storage").asText();
        require(
            amount(asked).filter(size -> size.compareTo(most()) <= 0).isPresent(),
            file + ", spec.resources.requests.storage",
            "is '%s'; allowed: sizes up to %s".formatted(asked, settings.size()));
      }
      case "ConfigMap" -> reserved(file, name, WorkspaceManifest.planName(spec.id()));
      default -> {
        // the others are written anew
      }
    }
  }

  private void reserved(String file, String name, String own) {
    require(
        !name.equals(own),
        file + ", metadata.name",
        "is '" + own + "', which is Balsam's own here");
  }

  private void ingress(String file, JsonNode ingress) {
    for (var rule : ingress.path("rules")) {
      host(file + ", spec.rules.host", rule.path("host").asText());
    }
    for (var tls : ingress.path("tls")) {
      tls.path("hosts").forEach(host -> host(file + ", spec.tls.hosts", host.asText()));
    }
  }

  private void host(String place, String host) {
    require(
        hosts.contains(host),
        place,
        "is '%s'; allowed: %s (balsam.compute.kubernetes.workspaces.host and .template-hosts)"
            .formatted(host, String.join(", ", new TreeSet<>(hosts))));
  }

  private void pod(String place, JsonNode pod) {
    for (var volume : pod.path("volumes")) {
      var name = volume.path("name").asText();
      require(
          !name.startsWith("balsam-"), place + "volumes", "has '" + name + "', a name of Balsam's");
      var limit = volume.at("/emptyDir/sizeLimit");
      require(
          limit.isMissingNode()
              || amount(limit.asText()).filter(size -> size.compareTo(most()) <= 0).isPresent(),
          place + "volumes",
          "has one of '%s'; allowed: up to %s".formatted(limit.asText(), settings.size()));
    }
    for (var kind : List.of("initContainers", "containers")) {
      for (var container : pod.path(kind)) {
        container(place + kind + "." + container.path("name").asText(), container);
      }
    }
    var size = spec.size();
    if (size != null) {
      fits(place + "containers", pod.path("containers"), size);
    }
  }

  private void container(String place, JsonNode container) {
    require(
        !container.path("name").asText().equals(WorkspaceManifest.PLACE),
        place,
        "is a name of Balsam's");
    for (var mount : container.path("volumeMounts")) {
      var path = mount.path("mountPath").asText();
      require(
          !path.equals("/balsam") && !path.startsWith("/balsam/"),
          place + ".volumeMounts",
          "has '" + path + "'; in /balsam the workspace's own files are mounted");
    }
  }

  /** The first gets what the others leave. */
  private void fits(String place, JsonNode containers, Size size) {
    for (var kind : List.of("cpu", "memory")) {
      var left = ContainerShares.total(size, kind);
      for (var index = 1; index < containers.size(); index++) {
        var said = containers.path(index).at("/resources/limits/" + kind);
        var amount =
            said.isMissingNode()
                ? Optional.of(ContainerShares.least(kind))
                : amount(said.asText()).filter(one -> one.signum() > 0);
        require(amount.isPresent(), place, "has resources of '" + said.asText() + "'");
        left = left.subtract(amount.orElse(BigDecimal.ZERO));
      }
      require(
          left.compareTo(ContainerShares.least(kind)) >= 0,
          place,
          "take more %s than the %d cores and %d MiB of the workspace, or leave none for the first"
              .formatted(kind, size.cpu(), size.memoryMib()));
    }
  }

  private BigDecimal most() {
    return amount(settings.size()).orElseThrow();
  }

  private static Optional<BigDecimal> amount(String text) {
    try {
      return Optional.of(Quantity.getAmountInBytes(new Quantity(text)));
    } catch (IllegalArgumentException | ArithmeticException noAmount) {
      return Optional.empty();
    }
  }

  private void require(boolean right, String place, String otherwise) {
    if (!right) {
      problems.add(new Problem(place, otherwise));
    }
  }
}
