package org.balsam.standard.workspace;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.context.MapValueResolver;
import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.Shown;

/**
 * The text of a manifest with {@code {{…}}}: BALSAM's variables, {@code if}, {@code unless},
 * sections and its helper {@code curlies}, which writes two braces. Whatever else Handlebars has is
 * refused, so that nothing is called, loaded or repeated.
 */
final class ManifestText {

  private static final int MOST_TAGS = 1000;
  private static final int DEEPEST = 10;
  private static final Pattern VARIABLE = Pattern.compile("&?\\s*([A-Za-z][A-Za-z0-9_.]*)");
  private static final Pattern OPENING =
      Pattern.compile("(?:[#^]|#(?:if|unless)\\s+)([A-Za-z][A-Za-z0-9_]*\\.[A-Za-z0-9_.]+)");
  private static final Pattern CLOSING = Pattern.compile("/(?:if|unless|[A-Za-z][A-Za-z0-9_.]*)");
  private static final Set<String> PLAIN =
      Set.of("else", "^", "curlies", "curlies true", "curlies false");

  private final String text;
  private final LineProblems problems;
  private final Set<String> variables;

  private ManifestText(String name, String text, Set<String> variables) {
    this.text = text;
    this.problems = new LineProblems(name);
    this.variables = variables;
  }

  /**
   * What is not allowed in it, by line; empty when {@link #render} may be called.
   *
   * @param variables the names that may stand in it
   */
  static LineProblems check(String name, String text, Set<String> variables) {
    var checked = new ManifestText(name, text, variables);
    checked.check();
    return checked.problems;
  }

  /**
   * The text with the variables' values, which are written as they are.
   *
   * @param values nested by the parts of their names
   * @throws IOException when it is not a template; the message says where
   */
  static String render(String text, Map<String, Object> values) throws IOException {
    var handlebars = new Handlebars(new Nothing());
    handlebars.with(EscapingStrategy.NOOP).prettyPrint(true);
    handlebars.registerHelper(
        "curlies",
        (first, options) ->
            new Handlebars.SafeString(Boolean.TRUE.equals(options.param(0, first)) ? "{{" : "}}"));
    var context = Context.newBuilder(values).resolver(MapValueResolver.INSTANCE).build();
    try {
      return handlebars.compileInline(text).apply(context);
    } catch (HandlebarsException malformed) {
      throw new IOException(said(malformed), malformed);
    }
  }

  private static String said(HandlebarsException malformed) {
    return malformed.getError() == null
        ? "is no template"
        : "line " + malformed.getError().line + ": " + Shown.of(malformed.getError().reason);
  }

  private void check() {
    var at = 0;
    var count = 0;
    var depth = 0;
    while ((at = text.indexOf("{{", at)) >= 0) {
      var close = close(at);
      var end = text.indexOf(close, at);
      if (end < 0) {
        refuse(at, "'{{' without '" + close + "'");
        return;
      }
      depth += tag(at, end, close);
      if (++count > MOST_TAGS || depth > DEEPEST) {
        refuse(
            at, "more than %d tags, or more than %d in each other".formatted(MOST_TAGS, DEEPEST));
        return;
      }
      at = end + close.length();
    }
  }

  private String close(int at) {
    return text.startsWith("{{!--", at) ? "--}}" : text.startsWith("{{{", at) ? "}}}" : "}}";
  }

  /** How much deeper the next one is. */
  private int tag(int at, int end, String close) {
    var content = text.substring(at + (close.equals("}}}") ? 3 : 2), end).strip();
    if (at > 0 && text.charAt(at - 1) == '\\') {
      refuse(at, "'\\' before '{{'; write {{curlies true}} for two braces");
    }
    if (content.startsWith("!") || PLAIN.contains(content)) {
      return 0;
    }
    var opening = OPENING.matcher(content);
    var variable = VARIABLE.matcher(content);
    if (CLOSING.matcher(content).matches()) {
      return -1;
    }
    if (opening.matches()) {
      known(at, opening.group(1));
      return 1;
    }
    if (variable.matches()) {
      known(at, variable.group(1));
    } else {
      refuse(
          at,
          "'{{%s}}' is not allowed; allowed: {{variable}}, {{#if variable}}, {{#unless variable}}, {{else}}, {{#variable}} and {{^variable}} with their ends, {{curlies true}}, {{curlies}}, {{! comment}}"
              .formatted(Shown.of(content)));
    }
    return 0;
  }

  private void known(int at, String variable) {
    if (!variables.contains(variable)) {
      refuse(
          at,
          "there is no '%s'; there are: %s"
              .formatted(Shown.of(variable), String.join(", ", variables)));
    }
  }

  private void refuse(int at, String message) {
    problems.add(1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count(), message);
  }

  /** There is nothing to include. */
  private static final class Nothing extends AbstractTemplateLoader {
    @Override
    public TemplateSource sourceAt(String location) throws IOException {
      throw new FileNotFoundException("templates include nothing");
    }
  }
}
