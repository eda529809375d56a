package org.balsam.api;

import static org.springframework.http.HttpHeaders.CONTENT_DISPOSITION;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Page;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.StoredObject;
import org.balsam.usecase.dataset.DatasetCatalogue;
import org.balsam.usecase.dataset.DatasetDiff;
import org.balsam.usecase.dataset.DatasetVersion;
import org.balsam.usecase.dataset.StoreObject;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Deliveries, frozen versions and their files. */
@RestController
@Tag(name = "datasets")
@RequestMapping("/api/v1/projects/{project}/datasets/{layer}/{name}")
class DatasetController {

  private static final String KEY =
      "The whole key of the file, where several of the version have its name";

  private final StoreObject storeObject;
  private final DatasetCatalogue catalogue;

  DatasetController(StoreObject storeObject, DatasetCatalogue catalogue) {
    this.storeObject = storeObject;
    this.catalogue = catalogue;
  }

  /**
   * A delivery as it is kept.
   *
   * @param rows without the header; −1 where they were not counted
   */
  record StoredFile(String key, String versionId, long size, String sha256, long rows) {
    static StoredFile of(StoredObject stored) {
      return new StoredFile(
          stored.key(),
          stored.versionId(),
          stored.size(),
          stored.sha256().value(),
          Long.parseLong(stored.metadata().getOrDefault("rows", "-1")));
    }
  }

  record Version(
      String id,
      String manifest,
      String sha256,
      int objects,
      long bytes,
      long rows,
      Instant createdAt,
      String createdBy) {
    static Version of(DatasetVersion version) {
      return new Version(
          version.id().value(),
          version.manifest().toString(),
          version.manifest().sha256().value(),
          version.objects(),
          version.bytes(),
          version.rows(),
          version.createdAt(),
          version.createdBy());
    }
  }

  /**
   * Where a file is fetched.
   *
   * @param url absolute at the storage server, relative to this one at Balsam
   * @param expiresAt when a download can no longer begin; null at Balsam
   * @param size bytes
   */
  record FileDownload(String url, @Nullable Instant expiresAt, long size, String sha256) {
    static FileDownload of(DatasetCatalogue.Download found, String ownPath) {
      var file = found.file();
      return found
          .address()
          .map(
              at ->
                  new FileDownload(
                      at.address().toString(), at.until(), file.size(), file.sha256().value()))
          .orElseGet(() -> new FileDownload(ownPath, null, file.size(), file.sha256().value()));
    }

    /** Without the address, which is a secret. */
    @Override
    public String toString() {
      return "FileDownload[until " + expiresAt + "]";
    }
  }

  record VersionDetail(Version version, List<Manifest.Entry> files) {}

  @Operation(summary = "Deliver one file of a raw dataset for one period (streamed)")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @PutMapping("/objects/{file}")
  StoredFile deliverFile(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String file,
      @RequestParam String period,
      @RequestParam(defaultValue = "0") int revision,
      HttpServletRequest request)
      throws IOException {
    return StoredFile.of(
        storeObject.handle(
            new StoreObject.Command(
                dataset(project, layer, name),
                Period.parse(period),
                revision,
                file,
                request.getInputStream(),
                CallContext.current().actor())));
  }

  @Operation(summary = "List the frozen versions, newest first")
  @GetMapping("/versions")
  Page<Version> listDatasetVersions(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return catalogue
        .versions(dataset(project, layer, name), limit, cursor, CallContext.current().actor())
        .map(Version::of);
  }

  @Operation(summary = "One version with its files")
  @GetMapping("/versions/{version}")
  VersionDetail getDatasetVersion(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String version) {
    var id = version(dataset(project, layer, name), version);
    var actor = CallContext.current().actor();
    return new VersionDetail(
        Version.of(catalogue.version(id, actor)), catalogue.manifest(id, actor).entries());
  }

  @Operation(summary = "One file of a version, checksum verified while it is read")
  @GetMapping("/versions/{version}/files/{file}")
  ResponseEntity<Resource> getDatasetFile(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String version,
      @PathVariable String file,
      @Parameter(description = KEY) @RequestParam(required = false) @Nullable String key) {
    var id = version(dataset(project, layer, name), version);
    var content = catalogue.open(id, file, key, CallContext.current().actor());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
        .body(new InputStreamResource(content));
  }

  @Operation(
      summary = "Where one file of a version is fetched, best for large ones",
      description =
          "Where the storage server can be reached, an address of its own that fetches this file without signing in until it"
              + " expires: a secret for the caller alone. Elsewhere the address of Balsam itself, which asks for the"
              + " caller. Compare the checksum of what arrives.")
  @GetMapping("/versions/{version}/files/{file}/download")
  FileDownload getDatasetFileDownload(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String version,
      @PathVariable String file,
      @Parameter(description = KEY) @RequestParam(required = false) @Nullable String key) {
    var id = version(dataset(project, layer, name), version);
    var found = catalogue.download(id, file, key, CallContext.current().actor());
    var address =
        UriComponentsBuilder.fromPath(
                "/api/v1/projects/{project}/datasets/{layer}/{name}/versions/{version}/files/{file}")
            .queryParamIfPresent("key", Optional.ofNullable(key).map(given -> "{key}"))
            .encode()
            .buildAndExpand(project, layer, name, version, file, key);
    return FileDownload.of(found, address.toUriString());
  }

  @Operation(summary = "What differs between two versions")
  @GetMapping("/versions/{before}/diff/{after}")
  DatasetDiff compareDatasetVersions(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String before,
      @PathVariable String after) {
    var dataset = dataset(project, layer, name);
    return catalogue.diff(
        version(dataset, before), version(dataset, after), CallContext.current().actor());
  }

  @Operation(summary = "Make the objects of a version the newest ones again")
  @PostMapping("/versions/{version}/restore")
  @ResponseStatus(org.springframework.http.HttpStatus.NO_CONTENT)
  void restoreDatasetVersion(
      @PathVariable String project,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String version) {
    catalogue.restore(
        version(dataset(project, layer, name), version), CallContext.current().actor());
  }

  private static DatasetId dataset(String project, String layer, String name) {
    return new DatasetId(new ProjectId(project), Layer.parse(layer), name);
  }

  private static DatasetVersionId version(DatasetId dataset, String label) {
    return DatasetVersionId.parse(dataset + "@" + label);
  }
}
