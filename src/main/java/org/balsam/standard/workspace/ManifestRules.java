package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/**
 * What the manifests of a workspace may be: a few kinds of one namespace, with few fields, that
 * reach nothing but each other.
 */
final class ManifestRules {

  private static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "ConfigMap", "v1",
              "Deployment", "apps/v1",
              "Ingress", "networking.k8s.io/v1",
              "PersistentVolumeClaim", "v1",
              "Service", "v1"));

  private static final Pattern NAME = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}\\z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

  /**
   * Annotations that controllers of a cluster act upon: only those that change nothing but how the
   * template's own addresses are served.
   */
  private static final Pattern SERVING =
      Pattern.compile(
          "nginx\\.ingress\\.kubernetes\\.io/(?:affinity|affinity-mode|backend-protocol"
              + "|proxy-(?:body-size|buffer-size|buffering|connect-timeout|http-version"
              + "|read-timeout|send-timeout)|rewrite-target|session-cookie-(?:max-age|name|path)"
              + "|ssl-redirect|force-ssl-redirect|use-regex|websocket-services)");

  private static final Pattern SERVING_VALUE = Pattern.compile("[A-Za-z0-9 ./$_-]{0,200}");

  private final Map<String, JsonNode> objects;
  private final String secret;
  private final List<Problem> problems = new ArrayList<>();

  private ManifestRules(Map<String, JsonNode> objects, String secret) {
    this.objects = objects;
    this.secret = secret;
  }

  /**
   * What is wrong with all of them, by file.
   *
   * @param secret the only Secret that they may refer to
   */
  static List<Problem> problems(Map<String, JsonNode> objects, String secret) {
    var rules = new ManifestRules(objects, secret);
    rules.check();
    return rules.problems;
  }

  private void check() {
    var seen = new HashSet<String>();
    objects.forEach(
        (file, object) -> {
          var findings = new Findings(file);
          kind(object, findings);
          var name = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
          findings.require(seen.add(name), "metadata.name", "is that of another " + name);
          problems.addAll(findings.problems());
        });
    if (names("Deployment").count() != 1) {
      problems.add(new Problem("the template", "has no Deployment, or several; needed: one"));
    }
  }

  private void kind(JsonNode object, Findings findings) {
    var kind = object.path("kind").asText();
    if (!object.path("apiVersion").asText().equals(KINDS.get(kind))) {
      findings.require(
          false,
          "kind",
          "is '%s %s'; allowed: %s"
              .formatted(Shown.of(object.path("apiVersion").asText()), Shown.of(kind), kinds()));
      return;
    }
    metadata(object.path("metadata"), findings);
    findings.only(
        object,
        kind,
        Set.of("apiVersion", "kind", "metadata", kind.equals("ConfigMap") ? "data" : "spec"));
    switch (kind) {
      case "Deployment" -> deployment(object.path("spec"), findings);
      case "Service" -> service(object.path("spec"), findings);
      case "Ingress" -> ingress(object.path("spec"), findings);
      case "PersistentVolumeClaim" -> claim(object.path("spec"), findings);
      default -> data(object.path("data"), findings);
    }
  }

  private static String kinds() {
    return String.join(
        ", ", KINDS.entrySet().stream().map(one -> one.getValue() + " " + one.getKey()).toList());
  }

  private void metadata(JsonNode metadata, Findings findings) {
    findings.only(metadata, "metadata", Set.of("name", "namespace", "labels", "annotations"));
    var name = metadata.path("name").asText();
    findings.require(
        NAME.matcher(name).matches(),
        "metadata.name",
        "is '%s'; allowed: up to 63 lower-case letters, digits and '-', a letter first"
            .formatted(Shown.of(name)));
    labels(metadata.path("labels"), "metadata.labels", findings);
    annotations(metadata.path("annotations"), "metadata.annotations", findings);
  }

  private static void annotations(JsonNode annotations, String place, Findings findings) {
    annotations
        .properties()
        .forEach(
            one ->
                findings.require(
                    isHarmless(one.getKey(), one.getValue().asText()),
                    place + "." + Shown.of(one.getKey()),
                    "is not allowed: it could change the configuration of the ingress or of the"
                        + " machine; allowed: names without '/', and of nginx.ingress.kubernetes.io"
                        + " times, sizes, affinity, protocol and the path of the template's own"
                        + " addresses"));
  }

  private static boolean isHarmless(String key, String value) {
    return key.indexOf('/') < 0
        || SERVING.matcher(key).matches() && SERVING_VALUE.matcher(value).matches();
  }

  private static void labels(JsonNode labels, String place, Findings findings) {
    labels
        .properties()
        .forEach(
            one -> {
              var value = one.getValue();
              findings.require(
                  value.isTextual() && LABEL.matcher(value.asText()).matches(),
                  place + "." + Shown.of(one.getKey()),
                  "is '%s'; allowed: a text of up to 63 letters, digits and . _ -"
                      .formatted(Shown.of(value.asText())));
              findings.require(
                  !one.getKey().startsWith("balsam.org/"),
                  place + "." + Shown.of(one.getKey()),
                  "is a label by which Balsam knows what it made");
            });
  }

  private void deployment(JsonNode spec, Findings findings) {
    findings.only(
        spec,
        "spec",
        Set.of("replicas", "selector", "template", "strategy", "revisionHistoryLimit"));
    findings.oneOf(spec.path("replicas"), "spec.replicas", "1");
    var pod = spec.path("template");
    findings.only(pod, "spec.template", Set.of("metadata", "spec"));
    findings.only(pod.path("metadata"), "spec.template.metadata", Set.of("labels", "annotations"));
    labels(pod.at("/metadata/labels"), "spec.template.metadata.labels", findings);
    annotations(pod.at("/metadata/annotations"), "spec.template.metadata.annotations", findings);
    selects(spec.at("/selector/matchLabels"), "spec.selector.matchLabels", findings);
    new PodRules(findings, this::names, secret).check(pod.path("spec"), "spec.template.spec");
  }

  private void service(JsonNode spec, Findings findings) {
    findings.only(spec, "spec", Set.of("type", "selector", "ports", "sessionAffinity"));
    findings.oneOf(spec.path("type"), "spec.type", "ClusterIP");
    selects(spec.path("selector"), "spec.selector", findings);
    Findings.each(
        spec.path("ports"),
        "spec.ports",
        (port, place) ->
            findings.only(
                port, place, Set.of("name", "port", "targetPort", "protocol", "appProtocol")));
  }

  /** Only pods of the template itself. */
  private void selects(JsonNode selector, String place, Findings findings) {
    var own =
        objects.values().stream()
            .map(object -> object.at("/spec/template/metadata/labels"))
            .filter(JsonNode::isObject)
            .toList();
    var fits =
        selector.size() > 0
            && own.stream()
                .anyMatch(
                    labels ->
                        selector.properties().stream()
                            .allMatch(one -> one.getValue().equals(labels.path(one.getKey()))));
    findings.require(fits, place, "does not select the pods of the template's Deployment alone");
  }

  private void ingress(JsonNode spec, Findings findings) {
    findings.only(spec, "spec", Set.of("ingressClassName", "rules", "tls"));
    var services = Set.copyOf(names("Service").toList());
    Findings.each(
        spec.path("rules"),
        "spec.rules",
        (rule, place) -> {
          host(rule.path("host"), place + ".host", findings);
          Findings.each(
              rule.at("/http/paths"),
              place + ".http.paths",
              (path, at) ->
                  findings.require(
                      services.contains(path.at("/backend/service/name").asText()),
                      at + ".backend",
                      "is no Service of the template"));
        });
    Findings.each(
        spec.path("tls"),
        "spec.tls",
        (tls, place) ->
            Findings.each(
                tls.path("hosts"), place + ".hosts", (host, at) -> host(host, at, findings)));
  }

  private static void host(JsonNode host, String place, Findings findings) {
    findings.require(
        host.isTextual() && HOST.matcher(host.asText()).matches(),
        place,
        "is '%s'; needed: a host name, without '*'".formatted(Shown.of(host.asText())));
  }

  private static void claim(JsonNode spec, Findings findings) {
    findings.only(
        spec, "spec", Set.of("accessModes", "resources", "storageClassName", "volumeMode"));
    findings.oneOf(spec.path("volumeMode"), "spec.volumeMode", "Filesystem");
    findings.require(
        spec.at("/resources/requests/storage").isTextual(),
        "spec.resources.requests.storage",
        "is missing; needed: a size like 2Gi");
  }

  private static void data(JsonNode data, Findings findings) {
    data.properties()
        .forEach(
            one -> {
              var place = "data." + Shown.of(one.getKey());
              findings.require(one.getValue().isTextual(), place, "is not a text");
              LeakRules.literal(one.getValue().asText())
                  .ifPresent(found -> findings.require(false, place, found));
            });
  }

  private Stream<String> names(String kind) {
    return objects.values().stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .map(object -> object.at("/metadata/name").asText());
  }
}
