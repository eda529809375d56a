package org.balsam.platform.forge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Probe;
import org.balsam.kernel.ProjectId;
import org.springframework.util.FileSystemUtils;

/**
 * Makes a repository of its own, commits the day to a branch, lets a reader fetch that commit as a
 * job does, and ends the reader's access. The repository stays, with one commit a day. It is not
 * audited: it touches nothing of a project.
 */
final class ForgeProbe implements Probe {

  private static final ProjectId OWNER = new ProjectId("balsam-probe");
  private static final String BRANCH = "work/probe";
  private static final String FILE = "day.txt";
  private static final Forge.Author BALSAM = new Forge.Author("Balsam", "balsam@balsam.invalid");

  private final Forge forge;
  private final String target;
  private final Clock clock;

  /**
   * A probe.
   *
   * @param forge not audited
   * @param target for people
   */
  ForgeProbe(Forge forge, String target, Clock clock) {
    this.forge = forge;
    this.target = target;
    this.clock = clock;
  }

  @Override
  public String port() {
    return "forge";
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public void check() {
    var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    var files = Map.of(FILE, day.getBytes(StandardCharsets.UTF_8));
    forge.ensureRepository(OWNER, files, BALSAM);
    forge.ensureBranch(OWNER, BRANCH, "main");
    var commit = forge.commit(OWNER, BRANCH, new Forge.Change(files, day, BALSAM, false));
    try {
      var folder = Files.createTempDirectory("forge-probe");
      try {
        fetch(commit, folder.resolve("code"), day);
      } finally {
        FileSystemUtils.deleteRecursively(folder);
      }
    } catch (IOException trouble) {
      throw new ExternalFailure(
          "temporary folder", true, "cannot be used: " + trouble.getMessage(), trouble);
    }
  }

  /** Reads the names of branches and tags. */
  @Override
  public void glance() {
    try {
      forge.refs(OWNER);
    } catch (NotFound nothingYet) {
      check();
    }
  }

  private void fetch(String commit, Path code, String day) throws IOException {
    var holder = "probe-" + commit;
    try {
      var access = forge.grantReading(OWNER, holder, Duration.ofHours(1));
      CodeCheckout.of(access).fetch(forge.cloneUri(OWNER), commit, code);
    } finally {
      forge.endReading(OWNER, holder);
    }
    if (!Files.readString(code.resolve(FILE)).equals(day)) {
      throw new ExternalFailure(
          "forge", false, target + " gave other content than commit " + commit + " holds", null);
    }
  }
}
