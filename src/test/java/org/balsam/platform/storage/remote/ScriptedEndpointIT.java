package org.balsam.platform.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.balsam.kernel.BucketName;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.DetachedStorage;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StorageUse;
import org.balsam.testing.ChildServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapters do with servers that say what no server at hand says. */
class ScriptedEndpointIT {

  private static final BucketName BUCKET = new BucketName("nsi-dev-lfs-raw");
  private static final int VERSIONS = 1_000_000;
  private static final int PAGE = 1000;
  private static final String NOT_IMPLEMENTED =
      "<Error><Code>NotImplemented</Code><Message>no such thing here</Message></Error>";

  @TempDir Path folder;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private String lifecycle = "";
  private int refusing = 501;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    ((java.util.concurrent.ExecutorService) server.getExecutor()).shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var query = exchange.getRequestURI().getRawQuery();
      var call = exchange.getRequestMethod() + " " + (query == null ? "" : query);
      asked.add(call);
      var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().add("x-amz-version-id", "v1");
        exchange.getResponseHeaders().add("ETag", "\"1\"");
        exchange.getResponseHeaders().add("Content-Length", "1");
        exchange.getResponseHeaders().add("Last-Modified", "Wed, 01 Oct 2025 08:00:00 GMT");
        exchange.sendResponseHeaders(200, -1);
      } else if (call.contains("tagging")) {
        reply(exchange, 501, NOT_IMPLEMENTED);
      } else if (call.contains("lifecycle")) {
        lifecycle(exchange, sent);
      } else if (call.contains("object-lock")) {
        reply(
            exchange,
            200,
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>");
      } else if (call.contains("versioning")) {
        reply(
            exchange,
            200,
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
      } else if (call.contains("versions")) {
        reply(exchange, 200, query.contains("balsam") ? owner() : page(query));
      } else {
        reply(exchange, 200, "lfs");
      }
    }
  }

  private void lifecycle(HttpExchange exchange, String sent) throws IOException {
    if (refusing != 0) {
      reply(exchange, refusing, NOT_IMPLEMENTED);
    } else if (!sent.isEmpty()) {
      lifecycle = sent;
      reply(exchange, 200, "");
    } else if (lifecycle.isEmpty()) {
      reply(exchange, 404, "<Error><Code>NoSuchLifecycleConfiguration</Code><Message/></Error>");
    } else {
      reply(exchange, 200, lifecycle);
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String owner() {
    return "<ListVersionsResult><Name>b</Name><IsTruncated>false</IsTruncated>"
        + version("!balsam/owner", "o1", 3)
        + "</ListVersionsResult>";
  }

  /** A thousand versions, told from the million by the id that the page before ended with. */
  private static String page(String query) {
    var marker = query.replaceFirst(".*version-id-marker=(\\d*).*", "$1");
    var first = marker.matches("\\d+") ? Integer.parseInt(marker) : 0;
    var next = first + PAGE;
    var text = new StringBuilder("<ListVersionsResult><Name>b</Name><MaxKeys>1000</MaxKeys>");
    text.append("<IsTruncated>").append(next < VERSIONS).append("</IsTruncated>");
    text.append("<NextKeyMarker>k</NextKeyMarker>");
    text.append("<NextVersionIdMarker>").append(next).append("</NextVersionIdMarker>");
    for (var i = first; i < next; i++) {
      text.append(version("k/%07d".formatted(i), "v" + i, 7));
    }
    return text.append("</ListVersionsResult>").toString();
  }

  private static String version(String key, String id, int size) {
    return """
        <Version><Key>%s</Key><VersionId>%s</VersionId><IsLatest>true</IsLatest>\
        <LastModified>2025-10-01T08:00:00.000Z</LastModified><ETag>"1"</ETag><Size>%d</Size>\
        <StorageClass>STANDARD</StorageClass><Owner><ID>o</ID><DisplayName>o</DisplayName></Owner></Version>"""
        .formatted(key, id, size);
  }

  private Map<String, String> environment(String type) {
    return Map.of(
        "BALSAM_STORAGE_TYPE",
        type,
        "BALSAM_STORAGE_SERVER_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "BALSAM_STORAGE_SERVER_ACCESSKEY",
        "root",
        "BALSAM_STORAGE_SERVER_SECRETKEY",
        "rootsecret");
  }

  private ObjectStore store(String type) {
    return DetachedStorage.open(folder, environment(type), folder, Clock.systemUTC());
  }

  private long calls(String word) {
    return asked.stream().filter(call -> call.contains(word)).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minio", "s3"})
  void aServerWithoutTagsIsAskedOnceAndDoneWithoutThem(String type) {
    var store = store(type);
    for (var i = 0; i < 3; i++) {
      assertThat(store.tag(BUCKET, "a", "v1", Map.of("round", "r"))).isFalse();
      assertThat(store.tags(BUCKET, "a", "v1")).isEmpty();
    }
    assertThat(calls("tagging")).isEqualTo(1);
  }

  @Test
  void aServerRemovesUnfinishedUploadsByARuleBesidesItsOthers() {
    refusing = 0;
    lifecycle =
        """
        <LifecycleConfiguration><Rule><ID>theirs</ID><Status>Enabled</Status><Filter><Prefix>x</Prefix></Filter>\
        <NoncurrentVersionExpiration><NoncurrentDays>900</NoncurrentDays></NoncurrentVersionExpiration>\
        </Rule></LifecycleConfiguration>""";
    var store = store("s3");
    store.ensureBucket(BUCKET, new ProjectId("lfs"));
    assertThat(lifecycle)
        .contains("theirs", "<NoncurrentDays>900<")
        .contains("<DaysAfterInitiation>1<");
    store.ensureBucket(BUCKET, new ProjectId("lfs"));
    assertThat(calls("PUT lifecycle")).isEqualTo(1);
  }

  @Test
  void aServerWithoutSuchARuleKeepsItsBuckets() {
    store("s3").ensureBucket(BUCKET, new ProjectId("lfs"));
    assertThat(calls("lifecycle")).isEqualTo(1);
  }

  /** In a process whose heap holds a few pages, but not the names of a million versions. */
  @ParameterizedTest
  @ValueSource(strings = {"minio", "s3"})
  void aMillionVersionsAreMeasuredInBoundedMemoryWithProgress(String type) throws Exception {
    var output = folder.resolve("output");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-cp",
                ChildServer.classPath(),
                Child.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment(type));
    var process = builder.start();
    assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(output)).contains("MEASURED 1000000 7000000 100");
    assertThat(process.exitValue()).isZero();
    assertThat(calls("GET")).isEqualTo(VERSIONS / PAGE);
  }

  /** Measures a bucket and prints what it found and how often it was told how far it is. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      var folder = Path.of(arguments[0]);
      var store = DetachedStorage.open(folder, System.getenv(), folder, Clock.systemUTC());
      var told = new ArrayList<StorageUse>();
      var use = store.measure(BUCKET, told::add);
      System.out.println("MEASURED " + use.versions() + " " + use.bytes() + " " + told.size());
      System.exit(0);
    }
  }
}
