package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.health.Holdings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** What the check at the start finds where projects exist. */
class AdapterChangeApiTest extends ApiTestBase {

  @Autowired
  @Qualifier("adapterChange")
  SmartInitializingSingleton adapterChange;

  @Autowired List<Holdings> holdings;
  @Autowired JdbcClient jdbc;
  @Autowired BalsamHome home;

  @AfterEach
  void asItWas() {
    record("storage", "filesystem");
    record("identity", "embedded");
    adapterChange.afterSingletonsInstantiated();
  }

  @Test
  void theAdaptersOfTheFirstStartAreKept() {
    assertThat(
            jdbc.sql("select port || '=' || type from balsam.adapter_in_use order by port")
                .query(String.class)
                .list())
        .containsExactly("compute=local", "forge=local", "identity=embedded", "storage=filesystem");
  }

  @Test
  void aStartWithAnotherAdapterIsRefusedWhereProjectsExist() {
    for (var port : List.of("storage", "identity")) {
      record(port, "other");
      assertThatThrownBy(adapterChange::afterSingletonsInstantiated)
          .hasMessageStartingWith("balsam.%s.type is '".formatted(port))
          .hasMessageContaining("but 'other' holds project ")
          .hasMessageContaining("--balsam.adapters.moved=" + port);
      record(port, port.equals("storage") ? "filesystem" : "embedded");
    }
  }

  @Test
  void whatANewAdapterLacksIsMadeForEveryProject() {
    var space = home.resolve("workspaces").resolve(P);
    FileSystemUtils.deleteRecursively(space.toFile());
    for (var port : List.of("storage", "forge", "compute", "identity")) {
      holdings.stream()
          .filter(held -> held.ports().contains(port))
          .forEach(held -> held.adopt(port));
    }
    assertThat(Files.isDirectory(space)).isTrue();
    assertThat(directory.members(new ProjectId(P))).as("roles stay").isNotEmpty();
  }

  @Test
  void projectsAndWhatRunsAreNamedAndNeverMoreThanAsked() {
    assertThat(holdings).hasSize(3);
    assertThat(holdings.stream().flatMap(held -> held.names(200).stream()))
        .contains("project " + P, "project " + OTHER);
    assertThat(holdings).allSatisfy(held -> assertThat(held.names(1)).hasSizeLessThan(2));
  }

  private void record(String port, String type) {
    jdbc.sql("update balsam.adapter_in_use set type = ? where port = ?")
        .params(type, port)
        .update();
  }
}
