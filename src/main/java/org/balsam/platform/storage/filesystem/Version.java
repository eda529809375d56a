package org.balsam.platform.storage.filesystem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * The record of one version, kept as JSON beside its bytes.
 *
 * @param deletion whether this version says that the key is deleted; it has no bytes then
 */
record Version(
    String id,
    boolean deletion,
    long size,
    Sha256 sha256,
    Instant lastModified,
    Map<String, String> metadata,
    @Nullable Instant retainUntil,
    boolean held,
    Map<String, String> tags) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /** Records of versions that were never tagged do not say so. */
  Version {
    tags = tags == null ? Map.of() : tags;
  }

  static Version content(
      String id, long size, Sha256 sha256, Instant now, Map<String, String> metadata) {
    return new Version(id, false, size, sha256, now, metadata, null, false, Map.of());
  }

  static Version deletion(String id, Instant now) {
    return new Version(id, true, 0, Sha256.of(""), now, Map.of(), null, false, Map.of());
  }

  Version retainedUntil(Instant until) {
    return new Version(id, deletion, size, sha256, lastModified, metadata, until, held, tags);
  }

  Version held(boolean held) {
    return new Version(id, deletion, size, sha256, lastModified, metadata, retainUntil, held, tags);
  }

  Version tagged(Map<String, String> tags) {
    return new Version(id, deletion, size, sha256, lastModified, metadata, retainUntil, held, tags);
  }

  boolean hasBytes(long size, Sha256 sha256) {
    return !deletion && this.size == size && this.sha256.equals(sha256);
  }

  /** Why the version must stay, for people; empty when it may go. */
  @JsonIgnore
  String lockedBy(Instant now) {
    if (held) {
      return "a legal hold";
    }
    return retainUntil != null && now.isBefore(retainUntil) ? "retention until " + retainUntil : "";
  }

  StoredObject stored(BucketName bucket, String key) {
    return new StoredObject(
        bucket, key, id, size, sha256, lastModified, metadata, retainUntil, held);
  }

  byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  static Version fromJson(byte[] json) throws IOException {
    return JSON.readValue(json, Version.class);
  }
}
