package org.balsam.platform.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/**
 * A secret that settings name by its file. It is read at each use, so that it is exchanged without
 * a restart, and is in no text of this class.
 *
 * @param key the setting that names the file
 */
public record SecretFile(String key, Path path) {

  /**
   * Demands at start that the file can be read and has so many lines.
   *
   * @throws Invalid naming the setting, never what is in the file
   */
  public void check(int count) {
    try {
      lines(count);
    } catch (DeliveryTrouble trouble) {
      throw new Invalid(ErrorCode.INVALID_INPUT, key, String.valueOf(trouble.getMessage()));
    }
  }

  /**
   * The first {@code count} lines.
   *
   * @throws DeliveryTrouble when there are fewer, or one is empty
   */
  public List<String> lines(int count) {
    try (var lines = Files.lines(path)) {
      var read = lines.limit(count).map(String::strip).filter(line -> !line.isEmpty()).toList();
      if (read.size() < count) {
        throw unusable("it has not " + count + (count == 1 ? " line" : " lines"));
      }
      return read;
    } catch (IOException | UncheckedIOException trouble) {
      throw unusable("it cannot be read");
    }
  }

  /**
   * The first line.
   *
   * @throws DeliveryTrouble when there is none
   */
  public String line() {
    return lines(1).get(0);
  }

  private DeliveryTrouble unusable(String why) {
    return DeliveryTrouble.temporary("the file " + path + " named by " + key + ": " + why);
  }
}
