package org.balsam.standard.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.balsam.standard.workspace.TemplateFixture.change;
import static org.balsam.standard.workspace.TemplateFixture.copyTo;
import static org.balsam.standard.workspace.TemplateFixture.declare;

import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTemplateProofTest {

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void copy() {
    folder = copyTo(temporary.resolve("template"));
  }

  @Test
  void aTemplateOfBalsamIsTakenAsItIs() {
    var template = TemplateFolder.read(folder);
    assertThat(template.id()).isEqualTo("elyra");
    assertThat(template.title()).isEqualTo("Elyra for surveys");
    assertThat(template.version()).matches("0\\.0\\.0\\+[0-9a-f]{12}");
    assertThat(WorkspaceTemplateProof.of(template).objects()).hasSize(5);
    change(folder, "home.yaml", "2Gi", "3Gi");
    assertThat(TemplateFolder.read(folder).version()).isNotEqualTo(template.version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "git.yaml        | title: {{Workspace.Name}} | title: {{User.GitPAT}}               | metadata.annotations.title: {{User.GitPAT}} is a credential and could be read in an annotation",
        "deployment.yaml | start-elyra.sh            | start-elyra.sh {{User.S3.SecretKey}} | args.0: {{User.S3.SecretKey}} is a credential and could be read on a command line",
        "deployment.yaml | https://git.nsi           | https://x:{{User.GitPAT}}@git.nsi    | could be read on a command line, in a URL",
        "deployment.yaml | https://git.nsi           | https://x:$(GIT_TOKEN)@git.nsi       | $(GIT_TOKEN) puts a credential on a command line",
        "git.yaml        | [user]                    | [{{User.S3.AccessKey}}]              | data..gitconfig: {{User.S3.AccessKey}} is a credential and could be read in a ConfigMap",
        "deployment.yaml | value: {{User.GitPAT}}    | value: https://x:{{User.GitPAT}}@git | could be read in a URL",
        "deployment.yaml | value: {{User.GitPAT}}    | value: x{{User.GitPAT}}              | could be read in an environment variable",
        "ingress.yaml    | https://work              | https://{{{User.GitPAT}}}@work       | balsam-workspace-url: {{User.GitPAT}} is a credential and could be read in a URL",
        "service.yaml    | app:                      | {{User.GitPAT}}:                     | cannot be the name of a key",
        "home.yaml       | -home                     | -{{&User.S3.AccessKey}}              | could be read in a name",
        "deployment.yaml | /data                     | /{{#if User.GitPAT}}{{User.GitPAT}}{{/if}} | is a credential"
      })
  void aTemplateThatLeaksACredentialIsRefusedWithThePlace(
      String file, String text, String by, String message) {
    change(folder, file, text, by);
    refused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "git.yaml        | [user]                      | client_secret=\"MySecret\"    | has a value for 'client_secret'",
        "git.yaml        | [user]                      | https://svc:hunter2@git.nsi | has a URL with a password in it",
        "deployment.yaml | start-elyra.sh              | start-elyra.sh --token=abcdef | has a value for 'token'",
        "deployment.yaml | value: {{User.S3.SecretKey}}| value: abc                  | of S3_SECRET_ACCESS_KEY is readable",
        "deployment.yaml | value: \"{{User.S3.SecretKey}}\"| value: abc              | of S3_SECRET_ACCESS_KEY is readable",
        "deployment.yaml | value: {{User.GitPAT}}      | value: {{User.UserName}}    | of GIT_TOKEN is readable"
      })
  void aCredentialInTheTemplateItselfIsRefused(
      String file, String text, String by, String message) {
    if (text.equals("value: {{User.S3.SecretKey}}")) {
      change(folder, file, "\"{{User.S3.SecretKey}}\"", "{{User.S3.SecretKey}}");
    }
    change(folder, file, text, by);
    refused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deployment.yaml | emptyDir: {}               | hostPath: {path: /}            | volumes.1.hostPath: is not allowed",
        "deployment.yaml | emptyDir: {}               | secret: {secretName: other}    | volumes.1.secret: is not allowed",
        "deployment.yaml | emptyDir: {}               | projected: {}                  | volumes.1.projected: is not allowed",
        "deployment.yaml | claimName: {{Branch.Id}}   | claimName: x{{Branch.Id}}      | which the template does not make",
        "deployment.yaml | serviceAccountName: elyra-sa | hostNetwork: true            | spec.template.spec.hostNetwork: is not allowed",
        "deployment.yaml | serviceAccountName: elyra-sa | hostPID: true                | hostPID: is not allowed",
        "deployment.yaml | serviceAccountName: elyra-sa | nodeName: master             | nodeName: is not allowed",
        "deployment.yaml | serviceAccountName: elyra-sa | imagePullSecrets: [{name: x}] | imagePullSecrets: is not allowed",
        "deployment.yaml | runAsUser: 1000            | runAsUser: 0                   | runAsUser: is '0'; allowed: numbers above 0",
        "deployment.yaml | runAsUser: 1000            | runAsNonRoot: false            | runAsNonRoot: is 'false'; allowed: true",
        "deployment.yaml | - containerPort: 8888      | - {containerPort: 8888, hostPort: 80} | hostPort: is not allowed",
        "deployment.yaml | image: registry.nsi.example/elyra:3.15 | {image: x, securityContext: {privileged: true}} | is not YAML",
        "deployment.yaml | image: registry.nsi.example/elyra:3.15 | securityContext: {privileged: true} | privileged: is 'true'; allowed: false",
        "deployment.yaml | image: registry.nsi.example/elyra:3.15 | securityContext: {capabilities: {add: [SYS_ADMIN]}} | capabilities.add: is not allowed",
        "deployment.yaml | image: registry.nsi.example/elyra:3.15 | envFrom: [{secretRef: {name: x}}] | envFrom: is not allowed",
        "deployment.yaml | image: registry.nsi.example/elyra:3.15 | readinessProbe: {httpGet: {host: evil, port: 80}} | httpGet.host: is not allowed",
        "deployment.yaml | value: {{Project.Name}}    | valueFrom: {configMapKeyRef: {name: x, key: y}} | configMapKeyRef: is not allowed",
        "deployment.yaml | value: {{Project.Name}}    | valueFrom: {secretKeyRef: {name: ws-lfs-uother-credentials, key: git-token}} | secretKeyRef.name: is 'ws-lfs-uother-credentials'; allowed: ws-emp",
        "deployment.yaml | replicas: 1                | replicas: 2                    | spec.replicas: is '2'; allowed: 1",
        "deployment.yaml | kind: Deployment           | kind: DaemonSet                | allowed: v1 ConfigMap, apps/v1 Deployment",
        "home.yaml       | kind: PersistentVolumeClaim | kind: Secret                  | kind: is 'v1 Secret'; allowed:",
        "home.yaml       | kind: PersistentVolumeClaim | kind: Namespace               | kind: is 'v1 Namespace'; allowed:",
        "home.yaml       | volumeMode: Filesystem     | volumeName: of-another         | spec.volumeName: is not allowed",
        "service.yaml    | type: ClusterIP            | type: NodePort                 | spec.type: is 'NodePort'; allowed: ClusterIP",
        "service.yaml    | type: ClusterIP            | externalIPs: [10.0.0.1]        | spec.externalIPs: is not allowed",
        "service.yaml    | app: {{Branch.Id}}         | app: x{{Branch.Id}}            | spec.selector: does not select the pods",
        "ingress.yaml    | host: work.nsi.example     | host: \"*.nsi.example\"        | host: is '*.nsi.example'; needed: a host name",
        "ingress.yaml    | host: work.nsi.example     | host: <WORKSPACE-URL>          | needed: a host name",
        "ingress.yaml    | annotations:               | annotations: {a: b}            | is not YAML",
        "ingress.yaml    | https://work.nsi           | ftp://work.nsi                 | needed: an address https://host/path",
        "ingress.yaml    | balsam-workspace-url       | workspace-url                  | needed: an address https://host/path",
        "git.yaml        | title:                     | nginx.ingress.kubernetes.io/configuration-snippet: | it could change the configuration of the ingress or of the machine",
        "git.yaml        | title:                     | nginx.ingress.kubernetes.io/auth-tls-secret: | it could change the configuration",
        "git.yaml        | title:                     | nginx.ingress.kubernetes.io/mirror-target: | it could change the configuration",
        "git.yaml        | title: {{Workspace.Name}}  | nginx.ingress.kubernetes.io/rewrite-target: \"/;}#\" | it could change the configuration",
        "deployment.yaml | name: {{Branch.Id}}-{{Workspace.Id}}-git | name: of-another   | configMap.name: is 'of-another', which the template does not make",
        "git.yaml        | data:                      | binaryData:                    | binaryData: is not allowed",
        "home.yaml       | metadata:                  | metadata: &a                   | anchors and aliases",
        "home.yaml       | storage: 2Gi               | storage: !x 2                  | tags (!) are not allowed",
        "home.yaml       | storage: 2Gi               | storage: 2Gi\\n---\\nkind: Secret | is not YAML"
      })
  void whatReachesTheMachineOrOthersIsRefused(String file, String text, String by, String message) {
    change(folder, file, text, by.replace("\\n", "\n"));
    refused(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{> /etc/passwd}}",
        "{{#each Project}}{{/each}}",
        "{{lookup Project \"Id\"}}",
        "{{#with Project}}{{/with}}",
        "{{this}}",
        "{{Project.class}}",
        "{{Project.Id.length}}",
        "{{@root}}",
        "{{[Project].[Id]}}",
        "{{../User.GitPAT}}",
        "{{{{raw}}}}x{{{{/raw}}}}",
        "{{log Project.Id}}",
        "{{precompile \"x\"}}",
        "{{#*inline \"x\"}}{{/inline}}",
        "{{Project.Owner}}",
        "{{Parameters.unknown}}",
        "\\{{Project.Id}}",
        "{{#if Project.Id}}never closed",
        "{{#if Project.Id}}{{/unless}}",
        "{{Project.Id"
      })
  void whateverElseHandlebarsHasIsRefused(String tag) {
    change(folder, "git.yaml", "[user]", "[user]\n      # " + tag);
    refused("git.yaml");
  }

  @Test
  @Timeout(20)
  void aBombEndsSoon() throws Exception {
    var deep = "{{#if Project.Id}}".repeat(5000) + "x" + "{{/if}}".repeat(5000);
    Files.writeString(folder.resolve("home.yaml"), "# " + deep);
    refused("more than 1000 tags, or more than 10 in each other");
    Files.writeString(folder.resolve("home.yaml"), "# " + "{{Project.Id}}".repeat(1001));
    refused("more than 1000 tags");
    Files.writeString(folder.resolve("home.yaml"), "x".repeat(256 * 1024 + 1));
    refused("home.yaml: is larger than 256 KiB");
  }

  @Test
  void aConditionThatDoesNotHoldLeavesAManifestOut() {
    declare(folder, "- {name: extra, description: Extra, default: false, schema: {type: boolean}}");
    change(folder, "git.yaml", "apiVersion", "{{#if Parameters.extra}}\napiVersion");
    change(folder, "git.yaml", "as it is{{curlies}}", "as it is{{curlies}}\n{{/if}}");
    change(
        folder,
        "deployment.yaml",
        "configMap:\n            name: {{Branch.Id}}-{{Workspace.Id}}-git\n            defaultMode: 0440",
        "emptyDir: {}");
    var made = WorkspaceTemplateProof.of(TemplateFolder.read(folder));
    assertThat(made.objects()).doesNotContainKey("git.yaml").hasSize(4);
  }

  @Test
  void workspacesThatWouldShareSomethingAreRefused() {
    change(folder, "home.yaml", "{{Branch.Id}}-{{Workspace.Id}}", "{{Project.Id}}");
    change(folder, "deployment.yaml", "{{Branch.Id}}-{{Workspace.Id}}-home", "{{Project.Id}}-home");
    refused(
        "would share PersistentVolumeClaim emp-by-ind-longest-home; put {{Workspace.Id}} into it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{Branch.Id}}",
        "{{Branch.Id}}-{{User.UserName}}",
        "{{Project.Name}}-{{User.Mail}}"
      })
  void whatIsNotNamedByTheWorkspaceIsSharedWithTheNextOne(String name) {
    for (var file : new String[] {"home.yaml", "deployment.yaml"}) {
      change(folder, file, "{{Branch.Id}}-{{Workspace.Id}}-home", name + "-home");
    }
    refused("ws-emp-by-ind-longest-uproofa-9 and ws-emp-by-ind-longest-uproofa-8 would share");
  }

  @Test
  void podsThatAreSelectedByALabelOfAllWorkspacesAreRefused() {
    for (var file : new String[] {"service.yaml", "deployment.yaml"}) {
      change(folder, file, "app: {{Branch.Id}}-{{Workspace.Id}}-elyra", "app: elyra");
    }
    refused("service.yaml: the workspaces", "would share the pods with {\"app\":\"elyra\"}");
  }

  @Test
  void aPodDoesNotLoosenItsConfinementByAnAnnotation() {
    change(
        folder,
        "deployment.yaml",
        "    metadata:\n      labels:",
        "    metadata:\n      annotations:\n        container.apparmor.security.beta.kubernetes.io/elyra: unconfined\n      labels:");
    refused("spec.template.metadata.annotations.container.apparmor");
  }

  @Test
  void aReferenceToTheSecretOfTheWorkspaceItselfIsAllowed() {
    change(
        folder,
        "deployment.yaml",
        "value: {{User.GitPAT}}",
        "valueFrom: {secretKeyRef: {name: \"{{Workspace.Id}}-credentials\", key: git-token}}");
    assertThat(WorkspaceTemplateProof.of(TemplateFolder.read(folder)).secretKeys())
        .contains("git-token");
  }

  @Test
  void workspacesAtOneAddressAreRefused() {
    change(folder, "ingress.yaml", "/{{User.UserName}}/{{Workspace.Id}}", "/lab");
    refused(
        "would share the route work.nsi.example/lab",
        "the address https://work.nsi.example/lab both");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: integer}                               | a number needs minimum and maximum, or enum",
        "{type: integer, minimum: 1}                   | a number needs minimum and maximum, or enum",
        "{type: string}                                | a string needs enum, or maxLength",
        "{type: string, maxLength: 5000}               | a string needs enum, or maxLength",
        "{type: object}                                | the schema's type is 'object'; allowed: [boolean, integer, number, string]",
        "{type: string, maxLength: 9, $ref: 'http://x'} | the schema has '$ref'; allowed:",
        "{type: integer, minimum: 9, maximum: 10}      | size: '4' must have a minimum value of 9",
        "{type: string, maxLength: 9}                  | size: '4' "
      })
  void aParameterWithoutLimitsOrWithAWrongDefaultIsRefused(String schema, String message) {
    declare(folder, "- {name: size, description: Size, default: 4, schema: " + schema + "}");
    refused(message);
  }

  @Test
  void aFolderThatIsNoTemplateIsRefused() throws Exception {
    Files.writeString(folder.resolve("workspace.yaml"), "id: x");
    refused("has both of properties.json and workspace.yaml; exactly one");
    Files.delete(folder.resolve("workspace.yaml"));
    Files.delete(folder.resolve("properties.json"));
    refused("has none of properties.json and workspace.yaml");
    Files.writeString(
        folder.resolve("properties.json"),
        "{\"Id\": \"../x\", \"Name\": \"x\", \"UrlConfig\": \"gone.yaml\", \"Script\": \"x\"}");
    refused(
        "the id '../x' is not allowed",
        "'gone.yaml', which has the address, is not there",
        "'script'");
    assertThatThrownBy(() -> TemplateFolder.read(temporary.resolve("nowhere")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("is not a folder");
  }

  @Test
  void linksAreNotFollowedAndBytesThatAreNoTextAreRefused() throws Exception {
    Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("/etc/hostname"));
    Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    refused("link.yaml: is not a plain file", "bytes.yaml: is not UTF-8 text");
  }

  private void refused(String... messages) {
    assertThatThrownBy(() -> WorkspaceTemplateProof.of(TemplateFolder.read(folder)))
        .isInstanceOf(Invalid.class)
        .hasMessageContainingAll(messages);
  }
}
