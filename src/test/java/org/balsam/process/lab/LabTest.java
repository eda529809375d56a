package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.balsam.testing.EngineClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test class has a Balsam of its own; each test begins today and leaves no incident. */
abstract class LabTest {

  @TempDir static Path home;
  static LabScene lab;

  @BeforeAll
  static void start() {
    lab = new LabScene(home);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @BeforeEach
  void today() {
    EngineClock.stopAt(LabScene.TODAY);
  }

  @AfterEach
  void noIncidents() {
    assertThat(lab.driver().incidents()).isEmpty();
    lab.driver().cleanUp();
  }
}
