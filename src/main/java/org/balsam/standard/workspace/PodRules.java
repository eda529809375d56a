package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.standard.yaml.Shown;

/**
 * What the pod of a workspace may be: confined, and without anything of the machine or of others.
 */
final class PodRules {

  private static final Set<String> POD =
      Set.of(
          "containers",
          "initContainers",
          "volumes",
          "securityContext",
          "serviceAccountName",
          "automountServiceAccountToken",
          "enableServiceLinks",
          "restartPolicy",
          "terminationGracePeriodSeconds");

  private static final Set<String> CONTAINER =
      Set.of(
          "name",
          "image",
          "imagePullPolicy",
          "command",
          "args",
          "workingDir",
          "env",
          "ports",
          "resources",
          "volumeMounts",
          "securityContext",
          "readinessProbe",
          "livenessProbe",
          "startupProbe",
          "tty",
          "stdin");

  private static final Set<String> SECURITY =
      Set.of(
          "runAsUser",
          "runAsGroup",
          "runAsNonRoot",
          "fsGroup",
          "fsGroupChangePolicy",
          "supplementalGroups",
          "seccompProfile",
          "allowPrivilegeEscalation",
          "privileged",
          "readOnlyRootFilesystem",
          "capabilities");

  private static final Set<String> VOLUME =
      Set.of("name", "emptyDir", "configMap", "persistentVolumeClaim");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private final Findings findings;
  private final Function<String, Stream<String>> made;
  private final String secret;

  /**
   * For one manifest.
   *
   * @param made gives the names of the objects of a kind that the template makes
   * @param secret the Secret of the workspace
   */
  PodRules(Findings findings, Function<String, Stream<String>> made, String secret) {
    this.findings = findings;
    this.made = made;
    this.secret = secret;
  }

  /** Makes the pod of a Deployment that has passed the rules as confined as Balsam's own. */
  static void confine(JsonNode object) {
    if (!(object.at("/spec/template/spec") instanceof ObjectNode pod)) {
      return;
    }
    pod.remove("serviceAccountName");
    pod.put("automountServiceAccountToken", false).put("enableServiceLinks", false);
    var security = pod.withObject("/securityContext");
    security.put("runAsNonRoot", true).withObject("/seccompProfile").put("type", "RuntimeDefault");
    for (var kind : List.of("initContainers", "containers")) {
      for (var container : pod.path(kind)) {
        var own = ((ObjectNode) container).withObject("/securityContext");
        own.put("allowPrivilegeEscalation", false);
        own.withObject("/capabilities").putArray("drop").add("ALL");
      }
    }
  }

  void check(JsonNode pod, String place) {
    findings.only(pod, place, POD);
    findings.oneOf(pod.path("restartPolicy"), place + ".restartPolicy", "Always");
    security(pod.path("securityContext"), place + ".securityContext");
    Findings.each(pod.path("volumes"), place + ".volumes", this::volume);
    findings.require(
        pod.path("containers").size() > 0, place + ".containers", "is missing or empty");
    Findings.each(pod.path("initContainers"), place + ".initContainers", this::container);
    Findings.each(pod.path("containers"), place + ".containers", this::container);
  }

  private void volume(JsonNode volume, String place) {
    findings.only(volume, place, VOLUME);
    made("PersistentVolumeClaim", volume, place, "persistentVolumeClaim", "claimName");
    made("ConfigMap", volume, place, "configMap", "name");
  }

  private void made(String kind, JsonNode volume, String place, String field, String name) {
    var given = volume.path(field).path(name);
    findings.require(
        volume.path(field).isMissingNode()
            || made.apply(kind).anyMatch(one -> one.equals(given.asText())),
        place + "." + field + "." + name,
        "is '%s', which the template does not make".formatted(Shown.of(given.asText())));
  }

  private void container(JsonNode container, String place) {
    findings.only(container, place, CONTAINER);
    findings.require(
        container.path("image").isTextual(), place + ".image", "is missing; needed: an image");
    security(container.path("securityContext"), place + ".securityContext");
    Findings.each(
        container.path("ports"),
        place + ".ports",
        (port, at) -> findings.only(port, at, Set.of("name", "containerPort", "protocol")));
    Findings.each(container.path("env"), place + ".env", this::variable);
    for (var probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
      for (var kind : List.of("httpGet", "tcpSocket")) {
        findings.only(
            container.path(probe).path(kind),
            place + "." + probe + "." + kind,
            Set.of("path", "port", "scheme", "httpHeaders"));
      }
    }
    for (var part : List.of("command", "args")) {
      Findings.each(
          container.path(part),
          place + "." + part,
          (word, at) -> command(container, word.asText(), at));
    }
  }

  private void variable(JsonNode variable, String place) {
    findings.only(variable, place, Set.of("name", "value", "valueFrom"));
    findings.only(variable.path("valueFrom"), place + ".valueFrom", Set.of("secretKeyRef"));
    findings.oneOf(
        variable.at("/valueFrom/secretKeyRef/name"),
        place + ".valueFrom.secretKeyRef.name",
        secret);
    var name = variable.path("name").asText();
    findings.require(
        VARIABLE.matcher(name).matches(), place + ".name", "is '" + Shown.of(name) + "'");
    findings.require(
        !LeakRules.isLiteral(variable),
        place + ".value",
        "of %s is readable in the template; only a credential variable may stand there"
            .formatted(Shown.of(name)));
  }

  private void command(JsonNode container, String word, String place) {
    LeakRules.literal(word).ifPresent(found -> findings.require(false, place, found));
    LeakRules.expanded(container, word)
        .ifPresent(
            name ->
                findings.require(
                    false,
                    place,
                    "$(%s) puts a credential on a command line; let a shell read it as $%s"
                        .formatted(name, name)));
  }

  private void security(JsonNode security, String place) {
    findings.only(security, place, SECURITY);
    findings.oneOf(security.path("privileged"), place + ".privileged", "false");
    findings.oneOf(
        security.path("allowPrivilegeEscalation"), place + ".allowPrivilegeEscalation", "false");
    findings.oneOf(security.path("runAsNonRoot"), place + ".runAsNonRoot", "true");
    findings.oneOf(
        security.at("/seccompProfile/type"), place + ".seccompProfile.type", "RuntimeDefault");
    findings.only(security.path("capabilities"), place + ".capabilities", Set.of("drop"));
    for (var user : List.of("runAsUser", "runAsGroup", "fsGroup")) {
      findings.require(
          security.path(user).isMissingNode()
              || security.path(user).isIntegralNumber() && security.path(user).longValue() > 0,
          place + "." + user,
          "is '%s'; allowed: numbers above 0".formatted(Shown.of(security.path(user).asText())));
    }
  }
}
