package org.balsam.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;

/** Refuses JSON that is meant to do harm, before anything is made of it. */
final class JsonGuard {

  private static final int MAX_FIELDS = 1000;
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_PROBLEMS = 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(50).maxNumberLength(100).build())
          .build();

  private final List<Problem> problems = new ArrayList<>();
  private int fields;

  private JsonGuard() {}

  /**
   * @throws Invalid for malformed JSON, doubled names, more than 1000 fields, texts of more than
   *     20,000 characters, and invisible characters; with a JSON pointer to each
   */
  static void check(byte[] body) throws IOException {
    new JsonGuard().run(body);
  }

  private void run(byte[] body) throws IOException {
    try (var parser = FACTORY.createParser(body)) {
      try {
        while (problems.size() < MAX_PROBLEMS && parser.nextToken() != null) {
          look(parser);
        }
      } catch (JsonProcessingException malformed) {
        problems.add(malformed(parser, malformed));
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
  }

  private void look(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.FIELD_NAME) {
      fields++;
      if (fields == MAX_FIELDS + 1) {
        problems.add(problem(parser, "is field number " + fields + "; allowed are " + MAX_FIELDS));
      }
      look(parser, "a name", parser.currentName());
    } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
      look(parser, "a text", parser.getText());
    }
  }

  private void look(JsonParser parser, String what, String text) {
    if (text.length() > MAX_TEXT) {
      problems.add(
          problem(
              parser,
              "has " + text.length() + " characters; " + what + " has at most " + MAX_TEXT));
    }
    if (HiddenText.isIn(text)) {
      problems.add(
          problem(
              parser,
              "holds control or invisible characters; " + what + " holds visible ones only"));
    }
  }

  private static Problem malformed(JsonParser parser, JsonProcessingException malformed) {
    var at = malformed.getLocation();
    var place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    var isDouble = String.valueOf(malformed.getOriginalMessage()).startsWith("Duplicate field");
    return problem(parser, (isDouble ? "is there twice" : "is not well-formed JSON") + place);
  }

  private static Problem problem(JsonParser parser, String message) {
    return new Problem(
        HiddenText.shown(parser.getParsingContext().pathAsPointer().toString()), message);
  }
}
