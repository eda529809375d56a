package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeBundleTest {

  @TempDir Path temporary;

  @Test
  void bringsFilesAndPermissionsBackAndIsTheSameEveryTime()
      throws IOException, InterruptedException {
    var code = Files.createDirectories(temporary.resolve("code/steps/ü"));
    Files.writeString(code.resolve("a.sql"), "select 1");
    var program = Files.writeString(temporary.resolve("code/run.sh"), "#!/bin/sh");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    CodeBundle.pack(temporary.resolve("code"), temporary.resolve("one.zip"));
    Thread.sleep(2100); // the entries of a ZIP count in steps of two seconds
    Files.writeString(code.resolve("a.sql"), "select 1");
    CodeBundle.pack(temporary.resolve("code"), temporary.resolve("two.zip"));
    CodeBundle.unpack(temporary.resolve("one.zip"), temporary.resolve("there"));

    assertThat(temporary.resolve("two.zip")).hasSameBinaryContentAs(temporary.resolve("one.zip"));
    assertThat(temporary.resolve("there/steps/ü/a.sql")).hasContent("select 1");
    assertThat(temporary.resolve("there/run.sh")).isExecutable();
    assertThat(Files.isExecutable(temporary.resolve("there/steps/ü/a.sql"))).isFalse();
  }
}
