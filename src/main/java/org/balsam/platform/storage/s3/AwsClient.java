package org.balsam.platform.storage.s3;

import java.time.Duration;
import javax.net.ssl.TrustManager;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.ServerKeys;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes the library's client from the settings alone: nothing of the machine's own is read. */
final class AwsClient {

  private static final Duration WHOLE_CALL = Duration.ofMinutes(15);

  private AwsClient() {}

  static S3Client of(Server server) {
    return configured(S3Client.builder(), server)
        .forcePathStyle(server.pathStyle())
        // Ceph refuses the chunks of an empty object
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  /** Makes addresses of the server as people reach it, without a request. */
  static S3Presigner signer(Server server) {
    var address = server.downloadEndpoint();
    var keys = new ServerKeys(server);
    return S3Presigner.builder()
        .endpointOverride(address == null ? server.endpoint() : address)
        .region(Region.of(server.region()))
        .credentialsProvider(() -> credentials(keys.current()))
        .serviceConfiguration(
            S3Configuration.builder().pathStyleAccessEnabled(server.pathStyle()).build())
        .build();
  }

  /** What all services of one server have in common. */
  static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, Server server) {
    var keys = new ServerKeys(server);
    var noProfiles =
        ProfileFile.builder()
            .content(new java.io.ByteArrayInputStream(new byte[0]))
            .type(ProfileFile.Type.CONFIGURATION)
            .build();
    return builder
        .endpointOverride(server.endpoint())
        .region(Region.of(server.region()))
        .credentialsProvider(() -> credentials(keys.current()))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .defaultProfileFile(noProfiles)
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .apiCallTimeout(WHOLE_CALL)
                .build())
        .httpClient(http(server));
  }

  private static AwsCredentials credentials(ServerKeys.Pair pair) {
    return pair.session() == null
        ? AwsBasicCredentials.create(pair.access(), pair.secret())
        : AwsSessionCredentials.create(pair.access(), pair.secret(), pair.session());
  }

  private static SdkHttpClient http(Server server) {
    var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(server.connectTimeout())
            .socketTimeout(server.readTimeout());
    ServerTrust.of("balsam.storage.server.certificates", server.certificates())
        .ifPresent(
            trust -> http.tlsTrustManagersProvider(() -> new TrustManager[] {trust.manager()}));
    return http.build();
  }
}
