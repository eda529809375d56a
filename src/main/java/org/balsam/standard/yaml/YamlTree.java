package org.balsam.standard.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A hostile YAML text read as plain data: no aliases, no tags, no duplicate keys, bounded size and
 * depth. Remembers the line of everything, by JSON pointer.
 */
public final class YamlTree {

  /** The largest text that is read. */
  public static final int MAXIMUM_BYTES = 256 * 1024;

  /** How deep mappings and lists may be nested. */
  public static final int MAXIMUM_DEPTH = 20;

  private static final Pattern INTEGER = Pattern.compile("[+-]?(?:0|[1-9]\\d{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?\\d{1,30}\\.\\d{0,20}(?:[eE][+-]?\\d{1,2})?");
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private final LineProblems problems;
  private final Map<String, Integer> lines = new HashMap<>();
  private final JsonNode root;

  private YamlTree(byte[] yaml, LineProblems problems) {
    this.problems = problems;
    var node = compose(yaml);
    this.root = node == null ? NODES.missingNode() : tree(node, "");
  }

  /** Reads the text; faults go to the problems. */
  public static YamlTree read(byte[] yaml, LineProblems problems) {
    return new YamlTree(yaml, problems);
  }

  /** The data; a missing node when the text could not be read at all. */
  public JsonNode root() {
    return root;
  }

  /** The line of a JSON pointer, or of its nearest parent that exists; 1 is the first. */
  public int line(String pointer) {
    var at = pointer;
    while (!lines.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }

  /** A key as a segment of a JSON pointer. */
  public static String segment(String key) {
    return "/" + key.replace("~", "~0").replace("/", "~1");
  }

  private @Nullable Node compose(byte[] yaml) {
    if (yaml.length > MAXIMUM_BYTES) {
      problems.add(1, "is larger than " + MAXIMUM_BYTES + " bytes");
      return null;
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
      var node = new Yaml(options()).compose(new StringReader(text));
      if (node == null) {
        problems.add(1, "is empty");
      }
      return node;
    } catch (CharacterCodingException notUtf8) {
      problems.add(1, "is not UTF-8 text");
    } catch (MarkedYAMLException broken) {
      var mark = broken.getProblemMark();
      problems.add(mark == null ? 1 : mark.getLine() + 1, "is not YAML: " + broken.getProblem());
    } catch (YAMLException broken) {
      problems.add(1, "is not YAML: " + broken.getMessage());
    }
    return null;
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAXIMUM_BYTES);
    options.setNestingDepthLimit(MAXIMUM_DEPTH);
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE); // refused with our own message
    return options;
  }

  private JsonNode tree(Node node, String pointer) {
    lines.putIfAbsent(pointer, line(node));
    if (node.getAnchor() != null) {
      problems.add(line(node), "anchors and aliases (& and *) are not allowed; write it out");
      return NODES.nullNode();
    }
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      problems.add(line(node), "tags (!) are not allowed");
      return NODES.nullNode();
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, pointer);
    }
    return node instanceof SequenceNode sequence
        ? array(sequence.getValue(), pointer)
        : scalar((ScalarNode) node);
  }

  private JsonNode object(MappingNode mapping, String pointer) {
    var object = NODES.objectNode();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name) || name.getAnchor() != null) {
        problems.add(line(entry.getKeyNode()), "a key must be plain text");
        continue;
      }
      var key = name.getValue();
      if (object.has(key)) {
        problems.add(line(name), "the key '" + Shown.of(key) + "' occurs twice");
        continue;
      }
      var child = pointer + segment(key);
      lines.put(child, line(name));
      object.set(key, tree(entry.getValueNode(), child));
    }
    return object;
  }

  private JsonNode array(List<Node> items, String pointer) {
    var array = NODES.arrayNode();
    for (var index = 0; index < items.size(); index++) {
      array.add(tree(items.get(index), pointer + "/" + index));
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    var text = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (scalar.getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return NODES.booleanNode(text.equals("true"));
    }
    if (scalar.getTag().equals(Tag.INT) && INTEGER.matcher(text).matches()) {
      return NODES.numberNode(Long.parseLong(text));
    }
    if (scalar.getTag().equals(Tag.FLOAT) && DECIMAL.matcher(text).matches()) {
      return NODES.numberNode(new BigDecimal(text));
    }
    return NODES.textNode(text);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
