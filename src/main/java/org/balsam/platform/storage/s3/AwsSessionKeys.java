package org.balsam.platform.storage.s3;

import static org.balsam.platform.storage.s3.AwsErrorMapper.mapped;

import java.io.IOException;
import java.time.Duration;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.ServerKeys;
import org.balsam.platform.storage.remote.SessionKeys;
import software.amazon.awssdk.services.sts.StsClient;

/** Keys made by a token service like that of Amazon Web Services, which has no call to end them. */
final class AwsSessionKeys implements SessionKeys {

  private static final int LONGEST_NAME = 64;

  private final StsClient client;
  private final String role;

  AwsSessionKeys(Server server) {
    client = AwsClient.configured(StsClient.builder(), server).build();
    // servers without roles, like MinIO, want one all the same and do not look at it
    role = server.role() == null ? "arn:aws:iam:::role/balsam" : server.role();
  }

  @Override
  public ServerKeys.Pair issue(String policy, String holder, Duration lifetime) throws IOException {
    var made =
        mapped(
                () ->
                    client.assumeRole(
                        r ->
                            r.roleArn(role)
                                .roleSessionName(name(holder))
                                .policy(policy)
                                .durationSeconds(Math.toIntExact(lifetime.toSeconds()))))
            .credentials();
    return new ServerKeys.Pair(made.accessKeyId(), made.secretAccessKey(), made.sessionToken());
  }

  private static String name(String holder) {
    var allowed = holder.replaceAll("[^A-Za-z0-9_=,.@-]", "-");
    return allowed.length() <= LONGEST_NAME ? allowed : allowed.substring(0, LONGEST_NAME);
  }

  @Override
  public boolean revoke(String holder) {
    return false;
  }
}
