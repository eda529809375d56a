package org.balsam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.platform.page.PageFrame;
import org.balsam.platform.page.PageWords;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.TemplateView.Deprecated;
import org.balsam.usecase.lab.WorkspaceTemplates.Offer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/** What people see who follow a launch link; every text of the link is escaped. */
final class LaunchPage {

  private static final String QUESTION =
      """
      <p>%s</p>
      <p><strong>%s</strong>: %s</p>
      %s<ul>
      %s</ul>
      <form method="post" action="%s/launch/%s">
      %s<button type="submit">%s</button>
      </form>
      """;
  private static final String DEPRECATED =
      """
      <p><strong>%s</strong>: <span lang="en">%s</span>%s%s</p>
      """;
  private static final String ASKED =
      """
      <p role="status">%s</p>
      <p><a href="%s">%s</a></p>
      """;
  private static final String REFUSED =
      """
      <p role="alert">%s</p>
      <ul lang="en">
      %s</ul>
      """;

  private final PageFrame frame;
  private final PageWords words;

  LaunchPage(HttpServletRequest request) {
    this.frame = new PageFrame(request);
    this.words = frame.words();
  }

  /** Shows what would be asked for, and asks. */
  String question(Offer offer, LaunchLink link, String key, CsrfToken token) {
    var hidden = new TreeMap<>(link.fields());
    hidden.put("hardware", offer.wish().hardware().value());
    hidden.put(LaunchController.KEY, key);
    hidden.put(token.getParameterName(), token.getToken());
    var template = offer.template();
    return frame.page(
        words.of("launch.title"),
        QUESTION.formatted(
            words.of("launch.lead"),
            escape(template.name()),
            escape(template.description()),
            deprecated(template.deprecated()),
            lines("<li>%s: %s</li>%n", rows(offer, link)),
            frame.base(),
            escape(template.id()),
            lines("<input type=\"hidden\" name=\"%s\" value=\"%s\">%n", escaped(hidden)),
            words.of("launch.act")));
  }

  private String deprecated(@Nullable Deprecated said) {
    if (said == null) {
      return "";
    }
    var until = said.until();
    return DEPRECATED.formatted(
        words.of("launch.deprecated"),
        escape(said.reason()),
        until == null ? "" : " " + words.of("launch.deprecated.until", until.toString()),
        said.successor() == null
            ? ""
            : " " + words.of("launch.deprecated.successor", said.successor()));
  }

  /** Says what was asked for, and leads to its page of the console. */
  String asked(String exploration, String path, String workspace) {
    return frame.page(
        words.of("launch.asked.title"),
        ASKED.formatted(
            words.of("launch.asked.text", workspace),
            frame.base() + escape(path),
            words.of("launch.asked.way", exploration)));
  }

  /** Says why a link cannot be followed; the reasons are those that programs get. */
  String refused(List<Problem> problems) {
    return frame.page(
        words.of("launch.refused.title"),
        REFUSED.formatted(
            words.of("launch.refused.text"),
            problems.stream()
                .map(one -> "<li>" + escape(one.toString()) + "</li>\n")
                .collect(Collectors.joining())));
  }

  private Map<String, String> rows(Offer offer, LaunchLink link) {
    var rows = new LinkedHashMap<String, String>();
    var template = offer.template();
    rows.put(words.of("launch.template"), template.id() + " " + template.version());
    rows.put(words.of("launch.project"), link.project().value());
    rows.put(words.of("launch.branch"), link.branch());
    rows.put(words.of("launch.name"), link.name());
    rows.replaceAll((label, value) -> escape(value));
    rows.put(words.of("launch.hardware"), size(offer.wish().hardware()));
    rows.put(words.of("launch.network"), words.of("launch.offline"));
    link.parameters()
        .forEach((key, value) -> rows.put(words.of("launch.parameter", key), escape(value)));
    return rows;
  }

  private String size(HardwareProfile hardware) {
    return words.of(
        switch (hardware) {
          case SMALL -> "launch.size.small";
          case MEDIUM -> "launch.size.medium";
          case LARGE -> "launch.size.large";
          case GPU -> "launch.size.gpu";
        });
  }

  private static Map<String, String> escaped(Map<String, String> fields) {
    var escaped = new LinkedHashMap<String, String>();
    fields.forEach((key, value) -> escaped.put(escape(key), escape(value)));
    return escaped;
  }

  private static String lines(String line, Map<String, String> values) {
    return values.entrySet().stream()
        .map(one -> line.formatted(one.getKey(), one.getValue()))
        .collect(Collectors.joining());
  }

  private static String escape(String text) {
    return PageFrame.escape(text);
  }
}
