package org.balsam.usecase.project;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.springframework.stereotype.Component;

/**
 * Writes down what a closed project keeps: its people, the commits of its branches and tags, and
 * the newest version of every object of its buckets with checksum and retention. The same project
 * gives the same bytes.
 */
@Component
class KeptFiles {

  /** Where archives are in the bucket {@code prov}; they do not list themselves. */
  static final String FOLDER = "closure/";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ObjectStore store;
  private final BucketNames buckets;

  KeptFiles(ObjectStore store, BucketNames buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  void write(
      Path file,
      ProjectEntity project,
      ProjectClosure closure,
      Map<String, String> refs,
      ProjectClosure.ArchivedFile bundle)
      throws IOException {
    try (var out = JSON.createGenerator(Files.newOutputStream(file))) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      describe(out, project, closure);
      out.writeObjectFieldStart("repository");
      out.writeStringField("bundle", bundle.key());
      out.writeStringField("sha256", bundle.sha256().value());
      out.writeEndObject();
      out.writePOJOField("refs", new TreeMap<>(refs));
      out.writeObjectFieldStart("buckets");
      for (var kind : BucketKinds.KEPT) {
        list(out, project.id(), kind);
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  private static void describe(JsonGenerator out, ProjectEntity project, ProjectClosure closure)
      throws IOException {
    out.writeStringField("project", project.getId());
    out.writeStringField("name", project.name());
    out.writeStringField("purpose", project.purpose());
    out.writeStringField("owner", project.owner());
    out.writeStringField("classification", project.classification().value());
    out.writeStringField("reason", closure.reason());
    out.writeStringField("requestedBy", closure.requestedBy());
    out.writeStringField("approvedBy", closure.decidedBy());
    out.writeStringField("approvedAt", String.valueOf(closure.decidedAt()));
    out.writeObjectFieldStart("members");
    for (var member : new TreeMap<>(closure.members()).entrySet()) {
      out.writePOJOField(
          member.getKey(), member.getValue().stream().map(role -> role.value()).sorted().toList());
    }
    out.writeEndObject();
  }

  private void list(JsonGenerator out, ProjectId project, String kind) throws IOException {
    var bucket = buckets.of(project, kind);
    out.writeArrayFieldStart(bucket.value());
    try (Stream<StoredObject> objects = store.list(bucket, "")) {
      for (var found = objects.iterator(); found.hasNext(); ) {
        var object = found.next();
        if (!(kind.equals("prov") && object.key().startsWith(FOLDER))) {
          write(out, object);
        }
      }
    } catch (NotFound never) {
      // a project without models has no bucket for them
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, StoredObject object) throws IOException {
    out.writeStartObject();
    out.writeStringField("key", object.key());
    out.writeStringField("version", object.versionId());
    out.writeNumberField("size", object.size());
    out.writeStringField("sha256", object.sha256().value());
    if (object.retainUntil() != null) {
      out.writeStringField("retainUntil", Objects.toString(object.retainUntil()));
    }
    if (object.held()) {
      out.writeBooleanField("held", true);
    }
    out.writeEndObject();
  }
}
