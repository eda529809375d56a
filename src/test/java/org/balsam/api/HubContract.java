package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolverFactory;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.api.ApiFixture.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI description of the BALSAM hub, which is not part of this project: it is looked for in
 * {@code ../shared/contracts}, or where the system property {@code balsam.contracts} says.
 */
final class HubContract {

  static final Path FILE =
      Path.of(System.getProperty("balsam.contracts", "../shared/contracts"), "balsam-hub.yaml");

  private static final String BASE = "/api/v1";
  private static final Set<Integer> DESCRIBED = Set.of(200, 400);

  private final OpenApiInteractionValidator validator;

  HubContract() {
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(text())
            .withBasePathOverride(BASE)
            .withLevelResolver(LevelResolverFactory.withAdditionalPropertiesIgnored())
            .build();
  }

  static boolean isThere() {
    return Files.isRegularFile(FILE);
  }

  /** {@code GetProject get /projects/{projectId}} and so on. */
  static Set<String> operations() {
    var found = new TreeSet<String>();
    var paths = (Map<?, ?>) yaml().get("paths");
    paths.forEach(
        (path, methods) ->
            ((Map<?, ?>) methods)
                .forEach(
                    (method, operation) ->
                        found.add(
                            ((Map<?, ?>) operation).get("operationId")
                                + " "
                                + method
                                + " "
                                + path)));
    return found;
  }

  private static Map<String, Object> yaml() {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text());
  }

  private static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Demands that both conform; an error of any status is compared with that of 400. */
  void check(String method, String path, @Nullable String json, Reply reply) {
    var report = validator.validate(request(method, path, json), response(reply));
    assertThat(report.getMessages())
        .as("%s %s: %s %s", method, path, reply.status(), reply.text())
        .noneMatch(message -> message.getLevel() == ValidationReport.Level.ERROR);
  }

  /** Whether the request is as described. */
  boolean allows(String method, String path, @Nullable String json) {
    return !validator.validateRequest(request(method, path, json)).hasErrors();
  }

  private static SimpleRequest request(String method, String path, @Nullable String json) {
    var uri = UriComponentsBuilder.fromUriString(path).build();
    var request = new SimpleRequest.Builder(Method.valueOf(method), String.valueOf(uri.getPath()));
    uri.getQueryParams()
        .forEach((name, values) -> request.withQueryParam(name, values.toArray(String[]::new)));
    if (json != null) {
      request.withContentType("application/json").withBody(json);
    }
    return request.build();
  }

  private static SimpleResponse response(Reply reply) {
    var status = DESCRIBED.contains(reply.status()) ? reply.status() : 400;
    var response = SimpleResponse.Builder.status(status);
    if (!reply.text().isEmpty()) {
      response.withContentType(reply.header("Content-Type")).withBody(reply.text());
    }
    return response.build();
  }
}
