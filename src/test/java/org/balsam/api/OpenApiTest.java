package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiTest extends ApiTestBase {

  private static final Path COMMITTED = Path.of("docs", "openapi.json");
  private static final Path GENERATED = Path.of("target", "openapi.json");

  @Test
  void theCommittedDocumentIsTheGeneratedOne() throws IOException {
    var reply = api.get("owner", "/v3/api-docs");
    assertThat(reply.status()).isEqualTo(200);
    var generated = ApiFixture.JSON.readTree(reply.text());
    Files.writeString(
        GENERATED,
        ApiFixture.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(generated) + "\n");
    assertThat(Files.readString(COMMITTED))
        .as("the API changed: read %1$s, then copy it: cp %1$s %2$s", GENERATED, COMMITTED)
        .isEqualTo(Files.readString(GENERATED));
  }

  @Test
  void describesEveryOperation() {
    var document = api.get("owner", "/v3/api-docs").json();
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      assertThat(operation.path("summary").asText())
                          .as(operation.toString())
                          .isNotBlank();
                      assertThat(operation.path("operationId").asText()).doesNotContain("_");
                      assertThat(operation.path("responses").has("default")).isTrue();
                    }));
  }

  @Test
  void isForSignedInPeopleOnly() {
    assertThat(api.send(null, "GET", "/v3/api-docs", null).status()).isEqualTo(401);
    assertThat(api.get(OUTSIDER, "/swagger-ui/index.html").status()).isEqualTo(200);
  }
}
