package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.balsam.kernel.Sha256;
import org.balsam.testing.RecordedAudit;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class ModelDeployerTest {

  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired ModelDeployer deployer;
  @Autowired EngineStart start;
  @TempDir Path folder;

  @Test
  void deploysOnceUnderStableNames() {
    var before = repository.createDeploymentQuery().deploymentName("balsam").list();
    assertThat(before).hasSize(1);
    deployer.deploy();
    start.afterSingletonsInstantiated();
    assertThat(repository.createDeploymentQuery().deploymentName("balsam").count()).isOne();
    assertThat(repository.getDeploymentResourceNames(before.get(0).getId()))
        .contains(
            "processes/two-persons.bpmn", "forms/prepare.form", "processes/statistical-round.bpmn");
    assertThat(
            repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("twoPersons")
                .singleResult()
                .getVersion())
        .isOne();
  }

  @Test
  void aMountedFileReplacesThePackagedOne() throws Exception {
    Files.createDirectories(folder.resolve("processes/sub"));
    Files.writeString(folder.resolve("processes/run-step.bpmn"), "mine");
    Files.writeString(folder.resolve("processes/sub/other.bpmn"), "other");
    Files.writeString(folder.resolve("note.txt"), "no model");
    var files = ModelFiles.find(folder);
    assertThat(new String(files.get("processes/run-step.bpmn"))).isEqualTo("mine");
    assertThat(files).containsKeys("processes/sub/other.bpmn", "processes/quality-gate.dmn");
    assertThat(files.keySet()).noneMatch(name -> name.endsWith(".txt"));
  }

  @Test
  void recordsTheHashOfEveryFile() throws Exception {
    var audit = new RecordedAudit();
    Files.writeString(
        folder.resolve("tiny.bpmn"),
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"x\">"
            + "<process id=\"tiny\" isExecutable=\"true\"><startEvent id=\"s\"/></process></definitions>");
    var before = repository.createDeploymentQuery().deploymentName("balsam").singleResult();
    new ModelDeployer(repository, new ProcessesProperties(folder), audit).deploy();
    var entry = audit.together().get(0);
    assertThat(entry.action()).isEqualTo("deployment.created");
    assertThat(entry.subject()).isNotEqualTo(before.getId());
    assertThat(entry.details().get("resources"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry(
            "processes/tiny.bpmn",
            Sha256.of(Files.readAllBytes(folder.resolve("tiny.bpmn"))).value());
    repository.deleteDeployment(entry.subject(), true);
  }

  @Test
  void anInstanceWithoutAProjectIsNotStarted() {
    assertThatThrownBy(() -> runtime.startProcessInstanceByKey("twoPersons"))
        .hasMessageContaining("belongs to a project");
    assertThatThrownBy(
            () -> runtime.startProcessInstanceByKey("twoPersons", "key", Map.of("project", "../x")))
        .hasMessageContaining("is not a project");
    var round = runtime.startProcessInstanceByKey("twoPersons", "lfs-2026-q3-r0");
    assertThat(round.getTenantId()).isEqualTo("lfs");
    runtime.deleteProcessInstance(round.getId(), "test");
  }

  @Test
  void aFolderThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new ProcessesProperties(folder.resolve("none")))
        .hasMessageContaining("balsam.processes.location");
  }
}
