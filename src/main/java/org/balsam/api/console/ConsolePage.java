package org.balsam.api.console;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The one page of the console, whatever its address: it names the files to load and the token that
 * changes by this session need. What it shows comes from the REST API.
 */
@RestController
@Hidden
class ConsolePage {

  private final String template;
  private final ConsoleFiles files;

  ConsolePage(ConsoleFiles files) throws IOException {
    this.template =
        new ClassPathResource("console.html", ConsolePage.class)
            .getContentAsString(StandardCharsets.UTF_8);
    this.files = files;
  }

  @GetMapping(
      path = {
        "/",
        "/work",
        "/audit",
        "/audit/{id}",
        "/operations",
        "/templates",
        "/tasks/{task}",
        "/projects",
        "/projects/{project}",
        "/projects/{project}/rounds/{round}",
        "/projects/{project}/trainings",
        "/projects/{project}/trainings/{training}",
        "/projects/{project}/models/{model}",
        "/projects/{project}/explorations",
        "/projects/{project}/explorations/{exploration}"
      },
      produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String show(HttpServletRequest request, CsrfToken token) {
    var assets = request.getContextPath() + "/assets/" + files.version();
    return template
        .replace("{assets}", HtmlUtils.htmlEscape(assets))
        .replace("{csrf-header}", HtmlUtils.htmlEscape(token.getHeaderName()))
        .replace("{csrf-token}", HtmlUtils.htmlEscape(token.getToken()));
  }
}
