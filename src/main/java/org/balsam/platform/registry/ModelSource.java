package org.balsam.platform.registry;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.VerifiedContent;

/** A file that is handed to the registry, and where its bytes come from. */
public final class ModelSource {

  private final String name;
  private final Sha256 sha256;
  private final Function<ObjectStore, InputStream> bytes;

  private ModelSource(String name, Sha256 sha256, Function<ObjectStore, InputStream> bytes) {
    this.name = ModelFile.checkName(name);
    this.sha256 = sha256;
    this.bytes = bytes;
  }

  /**
   * A file that is in object storage already, for example the output of a step.
   *
   * @param content cannot be registered when its bytes are not those on record
   */
  public static ModelSource stored(String name, VerifiedContent content) {
    return new ModelSource(name, content.sha256(), content::open);
  }

  /** A small file in memory. */
  public static ModelSource of(String name, byte[] content) {
    var copy = content.clone();
    return new ModelSource(name, Sha256.of(copy), store -> new ByteArrayInputStream(copy));
  }

  /** The file's name in the registry, see {@link ModelFile#checkName}. */
  public String name() {
    return name;
  }

  /** The checksum of the bytes. */
  public Sha256 sha256() {
    return sha256;
  }

  /** The bytes; the caller closes the stream. */
  public InputStream open(ObjectStore store) {
    return bytes.apply(store);
  }

  /**
   * The list itself.
   *
   * @throws Invalid when it has more than 200 files or two of one name
   */
  public static List<ModelSource> check(List<ModelSource> sources) {
    var names = sources.stream().map(ModelSource::name).collect(Collectors.toSet());
    if (names.size() != sources.size() || sources.size() > 200) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "files", "are at most 200 files with different names");
    }
    return List.copyOf(sources);
  }
}
