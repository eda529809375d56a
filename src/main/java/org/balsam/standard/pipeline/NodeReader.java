package org.balsam.standard.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.standard.pipeline.Pipeline.Demand;
import org.balsam.standard.pipeline.Pipeline.Node;
import org.balsam.standard.yaml.Shown;
import org.jspecify.annotations.Nullable;

/** Reads one generic node. */
final class NodeReader {

  private static final Map<String, Kind> OPERATIONS =
      new TreeMap<>(
          Map.of(
              "execute-notebook-node", Kind.NOTEBOOK,
              "execute-python-node", Kind.PYTHON,
              "execute-r-node", Kind.R));
  private static final Map<Kind, String> SUFFIXES =
      Map.of(Kind.NOTEBOOK, ".ipynb", Kind.PYTHON, ".py", Kind.R, ".r");

  /** Fields that ask for what a round does not give. */
  private static final Map<String, String> UNKNOWN =
      new TreeMap<>(
          Map.of(
              "kubernetes_secrets", "a round's step gets no secrets",
              "mounted_volumes", "a round's step reads pinned inputs only",
              "kubernetes_tolerations", "where pods run is configured in Balsam",
              "kubernetes_pod_annotations", "pods are labelled by Balsam",
              "kubernetes_pod_labels", "pods are labelled by Balsam",
              "kubernetes_shared_mem_size", "the shared memory is not adjustable",
              "parameters", "use env_vars",
              "pipeline_parameters", "use env_vars"));

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** What Balsam sets, and what would load code into the programs that confine the step. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?:BALSAM_|ELYRA_|LD_|DYLD_|BASH_).*|PATH|HOME|TMPDIR|ENV|IFS|GLIBC_TUNABLES");

  private static final Pattern IMAGE = Pattern.compile("[a-z0-9][A-Za-z0-9._:/@-]{0,299}");
  private static final String GPU = "nvidia.com/gpu";
  private static final int LONGEST_VALUE = 10_000;
  private static final int MOST_GIGABYTES = 4096;

  private final PipelineProblems problems;
  private final JsonNode defaults;
  private final String folder;

  /**
   * @param folder what files are relative to: empty, or ending with a slash
   */
  NodeReader(PipelineProblems problems, JsonNode defaults, String folder) {
    this.problems = problems;
    this.defaults = defaults;
    this.folder = folder;
  }

  static String label(JsonNode node) {
    var app = node.path("app_data");
    for (var place : List.of(app.path("ui_data").path("label"), app.path("label"))) {
      if (!place.asText().isBlank()) {
        return place.asText();
      }
    }
    var file =
        app.path("component_parameters").path("filename").asText(app.path("filename").asText());
    return file.isEmpty() ? node.path("id").asText() : file.substring(file.lastIndexOf('/') + 1);
  }

  Node read(JsonNode node, String label, Set<String> parents) {
    var fields = new NodeFields(problems, label, node.path("app_data"), defaults);
    var kind = OPERATIONS.get(node.path("op").asText());
    if (kind == null) {
      problems.add(
          label,
          "op",
          "'%s' is a custom component, which rounds do not run; allowed: %s"
              .formatted(
                  Shown.of(node.path("op").asText()), String.join(", ", OPERATIONS.keySet())));
    } else {
      UNKNOWN.forEach((field, reason) -> refuse(fields, field, reason));
    }
    return new Node(
        node.path("id").asText(),
        label,
        kind == null ? Kind.NOTEBOOK : kind,
        file(fields, kind),
        image(fields),
        paths(fields, "dependencies", "folder of the notebook or script"),
        fields.isTrue("include_subdirectories"),
        outputs(fields),
        environment(fields),
        demand(fields),
        parents);
  }

  private static void refuse(NodeFields fields, String field, String reason) {
    var value = fields.value(field);
    var size = value.path("size");
    if (!NodeFields.isEmpty(value) && (!value.has("size") || size.asInt() != 0)) {
      fields.problem(field, "is not honoured: " + reason + "; remove it");
    }
  }

  private String file(NodeFields fields, @Nullable Kind kind) {
    var given = fields.text("filename");
    var path = PipelinePaths.inside(folder, given);
    if (path.isEmpty() || given.indexOf('*') >= 0 || given.indexOf('?') >= 0) {
      fields.problem(
          "filename",
          "'"
              + Shown.of(given)
              + "' is not allowed"
              + PipelinePaths.ALLOWED.formatted("repository"));
      return "none";
    }
    if (kind != null
        && !path.get().toLowerCase(java.util.Locale.ROOT).endsWith(SUFFIXES.get(kind))) {
      fields.problem(
          "filename", "'%s' does not end with %s".formatted(Shown.of(given), SUFFIXES.get(kind)));
    }
    return path.get();
  }

  private static String image(NodeFields fields) {
    var image = fields.text("runtime_image");
    if (!image.isEmpty() && !IMAGE.matcher(image).matches()) {
      fields.problem("runtime_image", "'" + Shown.of(image) + "' is not the name of an image");
    }
    return image;
  }

  private static List<String> paths(NodeFields fields, String field, String inside) {
    var paths = new ArrayList<String>();
    for (var given : fields.texts(field)) {
      var path = PipelinePaths.inside("", given);
      if (path.isEmpty() || PipelinePaths.parts(given).contains("..")) {
        fields.problem(
            field,
            "'" + Shown.of(given) + "' is not allowed" + PipelinePaths.ALLOWED.formatted(inside));
      } else {
        paths.add(path.get());
      }
    }
    return paths;
  }

  private static List<String> outputs(NodeFields fields) {
    var outputs = paths(fields, "outputs", "node's folder");
    for (var output : outputs) {
      if (PipelinePaths.parts(output).get(0).equals("in")) {
        fields.problem(
            "outputs", "'" + Shown.of(output) + "' is among the round's inputs; write elsewhere");
      }
    }
    return outputs;
  }

  private static Map<String, String> environment(NodeFields fields) {
    var environment = new TreeMap<String, String>();
    for (var item : fields.items("env_vars")) {
      var pair = item.isTextual() ? item.asText() : "";
      var equals = pair.indexOf('=');
      var name =
          item.isTextual() ? pair.substring(0, Math.max(0, equals)) : item.path("env_var").asText();
      var value = item.isTextual() ? pair.substring(equals + 1) : item.path("value").asText();
      if (name.isEmpty() && value.isEmpty()) {
        continue;
      }
      if (!VARIABLE.matcher(name).matches()
          || value.indexOf('\0') >= 0
          || value.length() > LONGEST_VALUE) {
        fields.problem(
            "env_vars",
            "'%s' is not allowed; allowed: a name that matches %s and a value of at most %d characters"
                .formatted(Shown.of(name), VARIABLE, LONGEST_VALUE));
      } else if (RESERVED.matcher(name).matches()) {
        fields.problem(
            "env_vars", "'" + name + "' is set by Balsam or the system; take another name");
      } else {
        environment.put(name, value);
      }
    }
    return environment;
  }

  private static Demand demand(NodeFields fields) {
    var gpu = fields.number("gpu", 0, 64);
    var vendor = fields.text("gpu_vendor");
    if (gpu > 0 && !vendor.isEmpty() && !vendor.equals(GPU)) {
      fields.problem("gpu_vendor", "'" + Shown.of(vendor) + "' is not allowed; allowed: " + GPU);
    }
    var gigabytes = limit(fields, "memory", MOST_GIGABYTES);
    return new Demand(limit(fields, "cpu", 256), mebibytes(gigabytes), gpu);
  }

  /** The limit where there is one, which must not be below what is asked for. */
  private static int limit(NodeFields fields, String field, int most) {
    var asked = fields.number(field, 1, most);
    var limit = fields.number(field + "_limit", 1, most);
    if (limit > 0 && limit < asked) {
      fields.problem(field + "_limit", "%d is less than %s, %d".formatted(limit, field, asked));
    }
    return Math.max(asked, limit);
  }

  /** Elyra counts in gigabytes of 10⁹ bytes. */
  private static int mebibytes(int gigabytes) {
    return Math.toIntExact((gigabytes * 1_000_000_000L + (1 << 20) - 1) >> 20);
  }
}
