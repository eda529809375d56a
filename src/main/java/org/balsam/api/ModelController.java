package org.balsam.api;

import static org.springframework.http.HttpHeaders.CONTENT_DISPOSITION;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.registry.Alias;
import org.balsam.platform.registry.AliasMove;
import org.balsam.platform.registry.ModelFile;
import org.balsam.platform.registry.ModelSummary;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.usecase.model.ModelCatalogue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Registered models, their versions and files. */
@RestController
@Tag(name = "models")
@RequestMapping("/api/v1/projects/{project}/models")
class ModelController {

  private final ModelCatalogue catalogue;

  ModelController(ModelCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Which version has which alias.
   *
   * @param champion the version in use
   * @param candidate the highest version that is neither promoted nor given up
   * @param archived the version that was archived last
   */
  record Aliases(
      @Nullable ModelVersionId champion,
      @Nullable ModelVersionId candidate,
      @Nullable ModelVersionId archived) {}

  /**
   * A model.
   *
   * @param rollbackTarget what the promotion of the champion named to go back to
   */
  record Model(
      ModelName name,
      ModelVersionId newest,
      long versions,
      Aliases aliases,
      @Nullable ModelVersionId rollbackTarget) {}

  @Operation(summary = "The project's models, by name")
  @GetMapping
  Page<ModelSummary> listModels(
      @PathVariable ProjectId project,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return catalogue.models(project, limit, cursor, actor());
  }

  @Operation(summary = "A model and its aliases")
  @GetMapping("/{model}")
  Model getModel(@PathVariable ProjectId project, @PathVariable ModelName model) {
    var summary = catalogue.model(project, model, actor());
    return new Model(
        summary.name(),
        summary.newest(),
        summary.versions(),
        new Aliases(
            summary.champion(),
            catalogue.holder(project, model, Alias.CANDIDATE, actor()),
            catalogue.holder(project, model, Alias.ARCHIVED, actor())),
        summary.rollbackTarget());
  }

  @Operation(summary = "How the aliases of a model moved, latest first")
  @GetMapping("/{model}/history")
  Page<AliasMove> listAliasMoves(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return catalogue.history(project, model, limit, cursor, actor());
  }

  @Operation(summary = "The versions of a model, highest first")
  @GetMapping("/{model}/versions")
  Page<RegisteredModel> listModelVersions(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return catalogue.versions(project, model, limit, cursor, actor());
  }

  @Operation(summary = "One version with the checksums of its files")
  @GetMapping("/{model}/versions/{version}")
  RegisteredModel getModelVersion(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @PathVariable String version) {
    return catalogue.version(project, id(model, version), actor());
  }

  @Operation(summary = "The model card: JSON, or Markdown with Accept: text/markdown")
  @GetMapping(
      path = "/{model}/versions/{version}/card",
      produces = {"application/json", "text/markdown;charset=UTF-8"})
  ResponseEntity<String> getModelCard(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @PathVariable String version,
      jakarta.servlet.http.HttpServletRequest request) {
    var id = id(model, version);
    var card = new String(catalogue.card(project, id, actor()), StandardCharsets.UTF_8);
    return CardMarkdown.isWanted(request.getHeader("Accept"))
        ? ResponseEntity.ok()
            .contentType(new MediaType(CardMarkdown.TYPE, StandardCharsets.UTF_8))
            .body(CardMarkdown.of(id.value(), card))
        : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(card);
  }

  @Operation(summary = "One file of a version, checksum verified while it is read")
  @GetMapping("/{model}/versions/{version}/files/{file}")
  ResponseEntity<Resource> getModelFile(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @PathVariable String version,
      @PathVariable String file) {
    var found = catalogue.version(project, id(model, version), actor());
    return download(project, found, found.requireFile(file));
  }

  @Operation(summary = "One file of the evidence that a version was decided on")
  @GetMapping("/{model}/versions/{version}/evidence/{file}")
  ResponseEntity<Resource> getModelEvidence(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @PathVariable String version,
      @PathVariable String file) {
    var found = catalogue.version(project, id(model, version), actor());
    var evidence =
        found.evidenceFiles().stream()
            .filter(one -> one.name().equals(file))
            .findFirst()
            .orElseThrow(() -> new NotFound(found.id() + " has no such evidence"));
    return download(project, found, evidence);
  }

  private ResponseEntity<Resource> download(
      ProjectId project, RegisteredModel model, ModelFile file) {
    var content = catalogue.open(project, model.id(), file, actor());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .contentLength(file.size())
        .eTag(file.sha256().value())
        .header(CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
        .body(new InputStreamResource(content));
  }

  private static ModelVersionId id(ModelName model, String version) {
    return ModelVersionId.parse(model + "@" + version);
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
