package org.balsam.platform.registry.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.storage.ObjectStore;

/**
 * The numbers in the JSON files of a version's evidence, named by where they stand: {@code
 * gate-evidence.test.candidate.accuracy}. Numbers in lists have no name and are left out, and so is
 * a file that is no JSON whatever its name.
 */
final class EvidenceFigures {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 1 << 20;
  private static final int LONGEST_NAME = 200;

  private final ObjectStore store;

  EvidenceFigures(ObjectStore store) {
    this.store = store;
  }

  /** The numbers by name. */
  SortedMap<String, Double> of(RegisteredModel model) {
    var figures = new TreeMap<String, Double>();
    for (var file : model.evidenceFiles()) {
      if (file.name().endsWith(".json") && file.size() <= LARGEST) {
        var name = file.name().substring(0, file.name().length() - ".json".length());
        add(figures, name, read(file));
      }
    }
    return figures;
  }

  private JsonNode read(ModelFile file) {
    try (var content = file.content().open(store)) {
      return JSON.readTree(content.readNBytes(LARGEST));
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    } catch (IOException trouble) {
      throw new ExternalFailure(
          "object storage", true, file.name() + " of the evidence cannot be read", trouble);
    }
  }

  private static void add(Map<String, Double> figures, String path, JsonNode node) {
    if (node.isNumber() && path.length() <= LONGEST_NAME && Double.isFinite(node.doubleValue())) {
      figures.put(path, node.doubleValue());
    }
    node.fields()
        .forEachRemaining(
            field ->
                add(
                    figures,
                    path + "." + field.getKey().replaceAll("[^A-Za-z0-9_-]", "_"),
                    field.getValue()));
  }
}
