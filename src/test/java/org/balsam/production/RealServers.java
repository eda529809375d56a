package org.balsam.production;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.balsam.platform.compute.kubernetes.TestCluster;
import org.balsam.testing.ScriptedServer;
import org.balsam.testing.TestRealm;

/** Everything that Balsam needs of an institute, and the settings that connect it. */
final class RealServers implements AutoCloseable {

  private static final List<String> PEOPLE =
      List.of(
          "admin",
          "owner",
          "subject",
          "methodology",
          "production",
          "steward",
          "quality",
          "release",
          "auditor");
  private static final String STORAGE_KEY = "rootsecret";
  private static final String PROGRAM = "programs";

  final ScriptedServer database = ScriptedServer.own("postgresql");
  final ScriptedServer storage = ScriptedServer.own("minio");
  final ScriptedServer identity = ScriptedServer.own("keycloak");
  final ScriptedServer registry = ScriptedServer.own("mlflow");
  final TestCluster cluster = TestCluster.shared();

  private final Path folder;
  private final TestRealm realm;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  RealServers(Path folder) {
    this.folder = folder;
    realm = TestRealm.create(identity.address(), "production", "http://127.0.0.1:8080");
    realm.changeRealm(Map.of("accessTokenLifespan", 3600));
    realm.addClient(PROGRAM, "balsam-api");
    PEOPLE.forEach(
        person -> realm.addPerson(person, "The", person, person + "@example.org", person + "-pw"));
    realm.join(realm.account("admin"), realm.group("/nsi/platform/administrator"));
  }

  TestRealm realm() {
    return realm;
  }

  /** The header of a person whom a program calls for. */
  String authorization(String person) {
    return tokens.computeIfAbsent(
        person,
        one -> "Bearer " + realm.tokens(PROGRAM, one, one + "-pw").path("access_token").asText());
  }

  /** System properties of a server that uses all of them; secrets are in files. */
  List<String> settings() throws IOException {
    var settings = new ArrayList<String>();
    settings.add("balsam.demo.enabled=false");
    settings.add("balsam.database.type=external");
    settings.add("balsam.database.external.url=" + database.address());
    settings.add("balsam.database.external.username=balsam_app");
    settings.add("balsam.database.external.owner-username=balsam_owner");
    settings.add("spring.config.import=configtree:" + secrets() + "/");
    settings.add("balsam.storage.type=minio");
    settings.add("balsam.storage.server.endpoint=" + storage.address());
    settings.add("balsam.storage.server.access-key=root");
    settings.add("balsam.identity.type=keycloak");
    settings.add("balsam.identity.keycloak.issuer=" + realm.issuer());
    settings.add("balsam.compute.type=kubernetes");
    settings.add("balsam.compute.kubernetes.kubeconfig=" + cluster.kubeconfig());
    settings.add("balsam.compute.kubernetes.image=" + TestCluster.IMAGE);
    settings.add("balsam.compute.kubernetes.network.storage=127.0.0.1/32");
    settings.add("balsam.registry.type=mlflow");
    settings.add("balsam.registry.mlflow.url=" + registry.address());
    return settings.stream().map(one -> "-D" + one).toList();
  }

  /** As Kubernetes mounts a Secret: a file per key. */
  private Path secrets() throws IOException {
    var secrets = Files.createDirectories(folder.resolve("secrets"));
    for (var secret :
        Map.of(
                "balsam.database.external.password",
                "appsecret",
                "balsam.database.external.owner-password",
                "ownersecret",
                "balsam.storage.server.secret-key",
                STORAGE_KEY,
                "balsam.identity.keycloak.client-secret",
                TestRealm.SECRET)
            .entrySet()) {
      Files.writeString(secrets.resolve(secret.getKey()), secret.getValue());
    }
    return secrets;
  }

  @Override
  public void close() {
    List.of(registry, identity, storage, database).forEach(ScriptedServer::close);
  }
}
