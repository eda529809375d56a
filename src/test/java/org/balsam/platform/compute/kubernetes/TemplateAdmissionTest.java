package org.balsam.platform.compute.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.KubernetesProperties.Workspaces;
import org.balsam.platform.compute.WorkspaceRuntime.Manifests;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.balsam.standard.workspace.TemplateFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateAdmissionTest {

  private static final Workspaces SETTINGS =
      new Workspaces(
          "", "{workspace}.nsi.example", "nginx", "standard", "5Gi", Set.of("work.nsi.example"));

  @TempDir Path temporary;

  static WorkspaceSpec spec(Path folder, Size size) {
    var made = TemplateFixture.render(folder, "Labour force survey");
    return new WorkspaceSpec(
        made.workspace(),
        JobSpecFixture.PROJECT,
        "lab/ujdoe01/outliers",
        "0".repeat(40),
        List.of(),
        NetworkClass.OFFLINE,
        true,
        Map.of(),
        size,
        new Manifests(made.objects(), made.url(), made.secret(), made.secretKeys()));
  }

  private static void check(Workspaces settings, WorkspaceSpec spec) {
    TemplateAdmission.check(settings, spec, spec.manifests());
  }

  @Test
  void whatTheClusterAllowsIsAdmitted() {
    check(SETTINGS, spec(TemplateFixture.ELYRA, new Size(2, 8192, 0)));
    check(SETTINGS, spec(TemplateFixture.ELYRA, null));
  }

  @Test
  void aConfigMapIsNotCalledLikeBalsamsOwn() {
    var folder = TemplateFixture.copyTo(temporary.resolve("elyra"));
    for (var file : List.of("git.yaml", "deployment.yaml")) {
      TemplateFixture.change(
          folder, file, "{{Branch.Id}}-{{Workspace.Id}}-git", "{{Workspace.Id}}-plan");
    }
    var spec = spec(folder, new Size(2, 8192, 0));
    assertThatThrownBy(() -> check(SETTINGS, spec))
        .hasMessageContaining("git.yaml, metadata.name")
        .hasMessageContaining("which is Balsam's own here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          home.yaml       | storage: 2Gi         | storage: 6Gi          | home.yaml, spec.resources.requests.storage | is '6Gi'; allowed: sizes up to 5Gi
          home.yaml       | storage: 2Gi         | storage: much         | home.yaml, spec.resources.requests.storage | is 'much'
          ingress.yaml    | '- host: work.nsi.example' | '- host: sso.nsi.example' | ingress.yaml, spec.rules.host | allowed: work.nsi.example, ws-lfs-ujdoe01.nsi.example
          ingress.yaml    | '  ingressClassName: nginx' | '  tls: [{hosts: [sso.nsi.example]}]' | ingress.yaml, spec.tls.hosts | is 'sso.nsi.example'
          ingress.yaml    | 'https://work.nsi.example' | 'https://elsewhere.example' | balsam-workspace-url | is 'elsewhere.example'
          deployment.yaml | mountPath: /data     | mountPath: /balsam/storage | deployment.yaml, spec.template.spec.initContainers.code.volumeMounts | '/balsam/storage'
          deployment.yaml | '- name: elyra'      | '- name: place'       | deployment.yaml, spec.template.spec.containers.place | is a name of Balsam's
          deployment.yaml | name: settings       | name: balsam-files    | deployment.yaml, spec.template.spec.volumes | 'balsam-files', a name of Balsam's
          deployment.yaml | 'emptyDir: {}'       | 'emptyDir: {sizeLimit: 9Gi}' | deployment.yaml, spec.template.spec.volumes | allowed: up to 5Gi
          """)
  void whatItDoesNotAllowIsSaidWithItsPlace(
      String file, String text, String by, String place, String said) {
    var folder = TemplateFixture.copyTo(temporary.resolve("elyra"));
    TemplateFixture.change(folder, file, text, by);
    var spec = spec(folder, new Size(2, 8192, 0));
    assertThatThrownBy(() -> check(SETTINGS, spec))
        .isInstanceOfSatisfying(
            Invalid.class,
            no ->
                assertThat(no.problems())
                    .anySatisfy(
                        one -> {
                          assertThat(one.where()).isEqualTo(place);
                          assertThat(one.message()).contains(said);
                        }));
  }

  @Test
  void containersBesideTheFirstLeaveSomethingForIt() {
    var folder = TemplateFixture.copyTo(temporary.resolve("elyra"));
    TemplateFixture.change(
        folder,
        "deployment.yaml",
        "      volumes:\n",
        "        - name: proxy\n"
            + "          image: registry.nsi.example/proxy:1\n"
            + "          resources: {limits: {cpu: 1500m, memory: 1Gi}}\n"
            + "      volumes:\n");
    check(SETTINGS, spec(folder, new Size(2, 8192, 0)));
    assertThatThrownBy(() -> check(SETTINGS, spec(folder, new Size(1, 8192, 0))))
        .hasMessageContaining("take more cpu than the 1 cores and 8192 MiB");
    assertThatThrownBy(() -> check(SETTINGS, spec(folder, new Size(2, 1024, 0))))
        .hasMessageContaining("take more memory");
  }

  @Test
  void noHostIsAllowedUnlessItIsConfigured() {
    var own = new Workspaces("", "{workspace}.nsi.example", "", "", "5Gi", Set.of());
    assertThatThrownBy(() -> check(own, spec(TemplateFixture.ELYRA, null)))
        .hasMessageContaining("is 'work.nsi.example'; allowed: ws-lfs-ujdoe01.nsi.example");
  }
}
