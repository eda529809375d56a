package org.balsam.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.usecase.lab.WorkspaceTemplates.Offer;
import org.springframework.security.web.csrf.CsrfToken;

/** What people see who follow a launch link; it needs no script, and every text is escaped. */
final class LaunchPage {

  private LaunchPage() {}

  /** Shows what would be asked for, and asks; {@code base} is where the application is. */
  static String question(String base, Offer offer, LaunchLink link, String key, CsrfToken token) {
    var said = new TreeMap<>(link.fields());
    said.put("hardware", offer.wish().hardware().value());
    var rows = new TreeMap<String, String>(said);
    rows.put("template", offer.template().id() + " " + offer.template().version());
    rows.put("network", "offline");
    var hidden = new TreeMap<>(said);
    hidden.put(LaunchController.KEY, key);
    hidden.put(token.getParameterName(), token.getToken());
    return PlainPage.of(
        "Ask for a workspace?",
        base,
        """
        <p>A link brought you here. Nothing has been started. Ask for this workspace only if you know who made the link.</p>
        <p><strong>%s</strong>: %s</p>
        <ul>
        %s</ul>
        <form method="post" action="%s/launch/%s">
        %s<button type="submit">Ask for it</button>
        </form>
        """
            .formatted(
                PlainPage.escape(offer.template().name()),
                PlainPage.escape(offer.template().description()),
                list(rows),
                PlainPage.escape(base),
                PlainPage.escape(offer.template().id()),
                hidden.entrySet().stream()
                    .map(
                        one ->
                            "<input type=\"hidden\" name=\"%s\" value=\"%s\">%n"
                                .formatted(
                                    PlainPage.escape(one.getKey()),
                                    PlainPage.escape(one.getValue())))
                    .collect(Collectors.joining())));
  }

  /** Says what was asked for, and leads to its page of the console. */
  static String asked(String base, String exploration, String path, String workspace) {
    return PlainPage.of(
        "Asked for",
        base,
        """
        <p role="status">The workspace %s was asked for. Somebody may have to approve it; <a href="%s">its page</a> says so.</p>
        <p>Its exploration is %s.</p>
        """
            .formatted(
                PlainPage.escape(workspace),
                PlainPage.escape(base + path),
                PlainPage.escape(exploration)));
  }

  /** Says why a link cannot be followed. */
  static String refused(String base, List<Problem> problems) {
    return PlainPage.of(
        "This link cannot be followed",
        base,
        "<p role=\"alert\">Nothing has been started.</p>\n<ul>\n%s</ul>\n"
            .formatted(
                problems.stream()
                    .map(one -> "<li>" + PlainPage.escape(one.toString()) + "</li>\n")
                    .collect(Collectors.joining())));
  }

  private static String list(Map<String, String> rows) {
    return rows.entrySet().stream()
        .map(
            one ->
                "<li>%s: %s</li>%n"
                    .formatted(PlainPage.escape(one.getKey()), PlainPage.escape(one.getValue())))
        .collect(Collectors.joining());
  }
}
