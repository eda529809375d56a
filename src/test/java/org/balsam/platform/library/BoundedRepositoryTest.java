package org.balsam.platform.library;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedRepositoryTest {

  @TempDir Path folder;

  @Test
  void aPackThatAnnouncesBillionsOfObjectsTakesNoMemory() throws Exception {
    var header = ByteBuffer.allocate(12).put("PACK".getBytes()).putInt(2).putInt(-16).array();
    try (var repository = BoundedRepository.create(folder.resolve("r").toFile());
        var inserter = repository.newObjectInserter()) {
      assertThatThrownBy(() -> inserter.newPackParser(new ByteArrayInputStream(header)))
          .isInstanceOf(BoundedRepository.TooManyObjects.class)
          .hasMessageContaining("4294967280");
      assertThatThrownBy(() -> inserter.newPackParser(new ByteArrayInputStream(new byte[3])))
          .isInstanceOf(EOFException.class);
    }
  }
}
