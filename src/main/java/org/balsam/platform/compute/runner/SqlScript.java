package org.balsam.platform.compute.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a script of DuckDB's dialect into its statements. */
final class SqlScript {

  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[A-Za-z_]\\w*)?\\$");

  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private int at;
  private int start;
  private int firstToken = -1;

  /**
   * One statement.
   *
   * @param number counted from 1
   * @param line where it begins, counted from 1
   * @param sql padded by line breaks, so that DuckDB's line numbers are those of the file
   */
  record Statement(int number, int line, String sql) {}

  private SqlScript(String text) {
    this.text = text;
  }

  static List<Statement> statements(String text) {
    var script = new SqlScript(text);
    script.scan();
    return script.statements;
  }

  private void scan() {
    while (at < text.length()) {
      var c = text.charAt(at);
      if (text.startsWith("--", at)) {
        at = orEnd(text.indexOf('\n', at));
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else if (c == ';') {
        cut();
        at++;
        start = at;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        firstToken = firstToken < 0 ? at : firstToken;
        skipToken(c);
      }
    }
    cut();
  }

  private void skipToken(char c) {
    if (c == '\'' || c == '"') {
      skipQuoted(c, c == '\'' && isEscapeString());
    } else if (c == '$' && !isWord(at - 1)) {
      skipDollarQuoted();
    } else {
      at++;
    }
  }

  private void skipQuoted(char quote, boolean backslash) {
    for (at++; at < text.length(); at++) {
      var c = text.charAt(at);
      if (backslash && c == '\\') {
        at++;
      } else if (c == quote) {
        at++;
        return;
      }
    }
    at = text.length();
  }

  private void skipDollarQuoted() {
    var matcher = DOLLAR.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      at++;
      return;
    }
    var end = text.indexOf(matcher.group(), matcher.end());
    at = end < 0 ? text.length() : end + matcher.group().length();
  }

  private void skipComment() {
    var depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }

  private boolean isEscapeString() {
    return at > 0 && "eE".indexOf(text.charAt(at - 1)) >= 0 && !isWord(at - 2);
  }

  private boolean isWord(int index) {
    return index >= 0
        && (Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '_');
  }

  private int orEnd(int index) {
    return index < 0 ? text.length() : index;
  }

  private void cut() {
    if (firstToken >= 0) {
      var padding = "\n".repeat(line(start) - 1);
      statements.add(
          new Statement(
              statements.size() + 1, line(firstToken), padding + text.substring(start, at)));
    }
    firstToken = -1;
  }

  private int line(int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }
}
