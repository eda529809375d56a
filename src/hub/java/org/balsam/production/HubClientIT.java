package org.balsam.production;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.balsam.platform.compute.kubernetes.TestCluster;
import org.balsam.testing.ChildServer;
import org.balsam.testing.GitServer;
import org.balsam.testing.HubJourney;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A client of the BALSAM hub on a Balsam that keeps everything on real servers. */
class HubClientIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aClientOfTheHubDoesItsWorkOnRealServers() throws Exception {
    var git = new GitServer(Files.createDirectories(folder.resolve("library")));
    var servers = new RealServers(folder);
    var balsam = new ChildServer(folder);
    try {
      git.commit("methods", HubJourney.LIBRARY);
      var settings = new ArrayList<>(servers.settings());
      settings.addAll(
          List.of(
              "-Dbalsam.libraries.allowed-hosts=127.0.0.1",
              "-Dbalsam.libraries.sources.methods.name=Methods",
              "-Dbalsam.libraries.sources.methods.url=" + git.url("methods"),
              "-Dbalsam.compute.kubernetes.workspaces.image=" + TestCluster.LAB_IMAGE,
              "-Dbalsam.compute.kubernetes.workspaces.size=1Gi"));
      balsam.start(settings);
      new HubJourney(balsam.base(), servers::authorization, "owner", "quality").run("admin");
    } finally {
      balsam.close();
      servers.close();
      git.close();
    }
  }
}
