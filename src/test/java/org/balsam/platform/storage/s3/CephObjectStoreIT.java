package org.balsam.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The adapter for other S3 products, on the object gateway of Ceph. */
class CephObjectStoreIT extends S3ObjectStoreIT {

  @Override
  protected String serverScript() {
    return "ceph-rgw";
  }

  @Override
  protected String region() {
    return "default";
  }

  @Override
  protected boolean isConditional() {
    return false;
  }

  /** The server does not tell a wrong key from one that may not. */
  @Override
  protected String saysOfAWrongKey() {
    return "lacks a right or has ended";
  }

  /** Two clients may make two versions here; those of one client take turns. */
  @Test
  @Override
  protected void manyClientsThatPutTheSameMakeOneVersion() throws Exception {
    var puts = inThreads(32, i -> store.put(raw, "a/b", bytes("same"), Map.of()));
    assertThat(puts).allMatch(puts.get(0)::equals);
    assertThat(store.versions(raw, "a/b")).hasSize(1);
  }

  @Override
  protected String role() {
    return "arn:aws:iam:::role/balsam";
  }
}
