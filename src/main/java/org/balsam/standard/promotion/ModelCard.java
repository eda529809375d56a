package org.balsam.standard.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model card: for each field the paragraphs that people wrote or Balsam measured. Immutable. */
public final class ModelCard {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<CardField, List<String>> fields;

  ModelCard(Map<CardField, List<String>> fields) {
    var copy = new EnumMap<CardField, List<String>>(CardField.class);
    fields.forEach((field, paragraphs) -> copy.put(field, List.copyOf(paragraphs)));
    this.fields = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads the parts that people write, sections of fields, each a text or a list of texts. The file
   * is taken as hostile: at most 256 KiB, no anchors, tags or duplicate keys.
   *
   * @param fileName the name to use in messages, for example {@code model-card.yaml}
   * @throws org.balsam.kernel.Invalid with every problem at {@code FILE:LINE}: unknown sections and
   *     fields, fields that Balsam fills, texts of more than 4,000 characters, lists of more than
   *     50
   */
  public static ModelCard read(byte[] yaml, String fileName) {
    return new CardReader(fileName).read(yaml);
  }

  /** The same card with the fields that Balsam fills. */
  public ModelCard with(CardFacts facts) {
    var merged = new EnumMap<CardField, List<String>>(CardField.class);
    merged.putAll(fields);
    merged.putAll(facts.fields());
    return new ModelCard(merged);
  }

  /** The paragraphs of a field; none when it is empty. */
  public List<String> text(CardField field) {
    return fields.getOrDefault(field, List.of());
  }

  /**
   * The fields that have to be filled and are not, as {@code section.field}.
   *
   * @param personalData whether the model uses personal data, so that the impact assessment is
   *     needed
   */
  public List<String> missing(boolean personalData) {
    return Arrays.stream(CardField.values())
        .filter(field -> personalData || field != CardField.DPIA)
        .filter(field -> text(field).isEmpty())
        .map(CardField::path)
        .toList();
  }

  /** The card as JSON, an object of sections of fields of paragraphs; equal cards, equal bytes. */
  public byte[] json() {
    var sections = new LinkedHashMap<String, Map<String, List<String>>>();
    for (var field : CardField.values()) {
      sections
          .computeIfAbsent(field.section().key(), unused -> new LinkedHashMap<>())
          .put(field.key(), text(field));
    }
    try {
      var text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sections);
      return (text.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("lists of texts are JSON", impossible);
    }
  }

  /** The card as Markdown for people; what was written is shown as text, never as markup. */
  public String markdown() {
    return new CardPage(this).markdown();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelCard card && fields.equals(card.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }
}
