package org.balsam.standard.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.balsam.kernel.ModelVersionId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.gate.ProductType;
import org.balsam.standard.template.ProjectFile.Earlier;
import org.balsam.standard.template.ProjectFile.Input;
import org.balsam.standard.template.ProjectFile.KnownMonths;
import org.balsam.standard.template.ProjectFile.Model;
import org.balsam.standard.template.ProjectFile.Output;
import org.balsam.standard.template.ProjectFile.Product;
import org.balsam.standard.template.ProjectFile.Stage;
import org.balsam.standard.template.ProjectFile.Step;
import org.balsam.standard.template.ProjectFile.StepInput;

/** Turns a tree that conforms to schema and rules into the model. */
final class ProjectFileReader {

  /** Kinds whose key holds one word: a file, or the name of a program that comes with Balsam. */
  private static final List<JobSpec.Kind> FILE_KINDS =
      List.of(
          JobSpec.Kind.SQL,
          JobSpec.Kind.PYTHON,
          JobSpec.Kind.R,
          JobSpec.Kind.NOTEBOOK,
          JobSpec.Kind.JAVA);

  private final JsonNode root;
  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<String, ModelVersionId> modelInputs = new LinkedHashMap<>();

  ProjectFileReader(JsonNode root) {
    this.root = root;
  }

  ProjectFile read() {
    root.path("inputs").fields().forEachRemaining(entry -> input(entry.getKey(), entry.getValue()));
    return new ProjectFile(
        product(root.path("product")),
        inputs,
        modelInputs,
        list(root.path("stages"), this::stage),
        root.has("pipeline") ? PipelineReader.read(root.path("pipeline")) : null,
        list(root.path("release"), item -> DatasetRef.parse(item.asText())),
        list(root.path("checks"), CheckReader::read),
        models());
  }

  private Map<String, Model> models() {
    var models = new LinkedHashMap<String, Model>();
    root.path("models")
        .fields()
        .forEachRemaining(
            entry ->
                models.put(
                    entry.getKey(),
                    ModelReader.read(entry.getKey(), entry.getValue(), this::stage, this::step)));
    return models;
  }

  private static Product product(JsonNode product) {
    return new Product(
        product.path("title").asText(),
        ProductType.parse(product.path("type").asText()),
        Frequencies.parse(product.path("frequency").asText()),
        product.path("unit").asText());
  }

  private void input(String name, JsonNode input) {
    if (input.has("model")) {
      modelInputs.put(name, ModelVersionId.parse(input.path("model").asText()));
    } else {
      inputs.put(name, input(input));
    }
  }

  private Input input(JsonNode input) {
    var dataset = DatasetRef.parse(input.path("dataset").asText());
    var required = input.path("required").asBoolean(true);
    if (input.has("of")) {
      var of = Earlier.valueOf(constant(input.path("of").asText()));
      return new Input(dataset, new KnownMonths(Map.of(), 0), of, required);
    }
    return new Input(dataset, known(input.path("known")), null, required);
  }

  private KnownMonths known(JsonNode known) {
    var byRevision = new HashMap<Integer, Integer>();
    known
        .fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getKey().equals("default")) {
                var revision = Integer.parseInt(entry.getKey().substring(1));
                byRevision.put(revision, entry.getValue().asInt());
              }
            });
    var all = Frequencies.months(root.path("product").path("frequency").asText());
    return new KnownMonths(byRevision, known.path("default").asInt(all));
  }

  private Stage stage(JsonNode stage) {
    return new Stage(stage.path("name").asText(), list(stage.path("steps"), this::step));
  }

  private Step step(JsonNode step) {
    return new Step(
        step.path("name").asText(),
        step.path("gsbpm").asText(),
        command(step),
        stepInputs(step),
        list(step.path("outputs"), ProjectFileReader::output),
        parameters(step),
        StepResources.read(step.path("resources")),
        network(step),
        null);
  }

  static JobSpec.NetworkClass network(JsonNode step) {
    return JobSpec.NetworkClass.valueOf(constant(step.path("network").asText("offline")));
  }

  static Map<String, String> parameters(JsonNode owner) {
    var parameters = new HashMap<String, String>();
    owner
        .path("parameters")
        .fields()
        .forEachRemaining(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    return parameters;
  }

  /** A step that applies a model finds it and its dataset where the program looks for them. */
  private List<StepInput> stepInputs(JsonNode step) {
    var inputs = list(step.path("inputs"), item -> stepInput(item.asText()));
    if (!step.has("java") || inputs.stream().allMatch(input -> input.dataset() != null)) {
      return inputs;
    }
    return inputs.stream()
        .map(input -> input.in(input.dataset() == null ? "model" : "set"))
        .toList();
  }

  private StepInput stepInput(String name) {
    if (modelInputs.containsKey(name)) {
      return new StepInput(name, name, null);
    }
    var input = inputs.get(name);
    if (input != null) {
      return new StepInput(name, name, input.dataset());
    }
    var dataset = DatasetRef.parse(name);
    return new StepInput(dataset.folder(), null, dataset);
  }

  private static Output output(JsonNode output) {
    return new Output(
        DatasetRef.parse(output.path("dataset").asText()), output.path("file").asText());
  }

  private static JobSpec.Command command(JsonNode step) {
    if (step.has("command")) {
      var words = list(step.path("command"), JsonNode::asText);
      return new JobSpec.Command(
          JobSpec.Kind.COMMAND, words.get(0), words.subList(1, words.size()));
    }
    var kind = FILE_KINDS.stream().filter(one -> step.has(key(one))).findFirst().orElseThrow();
    var arguments = list(step.path("arguments"), JsonNode::asText);
    return new JobSpec.Command(kind, step.path(key(kind)).asText(), arguments);
  }

  private static String key(JobSpec.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static <T> List<T> list(JsonNode items, Function<JsonNode, T> read) {
    var list = new ArrayList<T>();
    items.forEach(item -> list.add(read.apply(item)));
    return list;
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
