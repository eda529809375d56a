package org.balsam.api;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.time.ZoneId;
import java.util.List;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.schedule.ScheduleId;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the API for programs; {@code docs/openapi.json} is a copy of what this gives. */
@Configuration
class OpenApiConfiguration {

  private static final String PROBLEM = "Problem";

  static {
    SpringDocUtils.getConfig()
        .replaceWithSchema(ProjectId.class, text("emp-industry"))
        .replaceWithSchema(RoundId.class, text("lfs-2026-q3-r0"))
        .replaceWithSchema(TrainingId.class, text("ml-coicop-train-a1b2c3"))
        .replaceWithSchema(ModelName.class, text("coicop-coder"))
        .replaceWithSchema(Period.class, text("2026-q3"))
        .replaceWithSchema(JobId.class, text("lfs-2026-q3-r0-g54-impute-a1b2"))
        .replaceWithSchema(ModelVersionId.class, text("damage@1.0.0"))
        .replaceWithSchema(RollbackId.class, text("ml-strikes-rollback-a1b2c3"))
        .replaceWithSchema(DatasetVersionId.class, text("lfs/proc/persons@2026-q3-r0.3"))
        .replaceWithSchema(ScheduleId.class, text("emp-industry-quarterly"))
        .replaceWithSchema(ZoneId.class, text("Europe/Stockholm"))
        .replaceWithSchema(Sha256.class, new StringSchema().pattern("^[0-9a-f]{64}$"));
  }

  @Bean
  OpenAPI balsamApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Balsam")
                .version("1")
                .description(
                    "The production round as an executable, provable model. Errors are problem"
                        + " details (RFC 9457) with a stable code. Lists are cut into pages: pass"
                        + " next as cursor. Times are UTC. A POST that creates takes an"
                        + " Idempotency-Key, kept for 24 hours; a change takes the ETag that was"
                        + " read as If-Match.")
                .license(new License().name("Apache-2.0")))
        .servers(List.of(new Server().url("/")))
        .addSecurityItem(new SecurityRequirement().addList("basic"))
        .components(
            new Components()
                .addSecuritySchemes(
                    "basic", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")));
  }

  /** Says once for all operations how errors look. */
  @Bean
  OpenApiCustomizer errorsAreProblems() {
    var error =
        new ApiResponse()
            .description("Refused or failed: problem details")
            .content(
                new Content()
                    .addMediaType(
                        "application/problem+json",
                        new MediaType()
                            .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    return api -> {
      api.getComponents().addSchemas(PROBLEM, problem());
      for (var path : api.getPaths().values()) {
        path.readOperations().forEach(operation -> operation.getResponses().setDefault(error));
      }
    };
  }

  @Bean
  ModelResolver schemaResolver(ObjectMapperProvider mappers) {
    return new ModelResolver(mappers.jsonMapper(), new SchemaNames())
        .openapi31(mappers.isOpenapi31());
  }

  @Bean
  RequiredFields requiredFields() {
    return new RequiredFields();
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("type", new StringSchema().format("uri"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new io.swagger.v3.oas.models.media.IntegerSchema())
        .addProperty("detail", new StringSchema().description("for people"))
        .addProperty("code", new StringSchema().description("stable, for programs"))
        .addProperty(
            "problems",
            new ArraySchema()
                .items(
                    new ObjectSchema()
                        .addProperty("where", new StringSchema().description("a JSON pointer"))
                        .addProperty("message", new StringSchema())))
        .required(List.of("type", "title", "status", "detail", "code"));
  }

  private static Schema<?> text(String example) {
    return new StringSchema().example(example);
  }
}
