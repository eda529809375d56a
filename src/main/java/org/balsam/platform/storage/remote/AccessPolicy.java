package org.balsam.platform.storage.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.balsam.platform.storage.ObjectKeys;
import org.balsam.platform.storage.StorageGrant;
import org.balsam.platform.storage.StorageGrant.Place;

/**
 * A grant as a policy of S3. It names each object; when they are too many for a policy, of each
 * bucket the folder that they have in common.
 */
final class AccessPolicy {

  /** Servers take 2048 characters, counted after they wrote it in their own way. */
  private static final int LONGEST = 1900;

  private static final ObjectMapper JSON = new ObjectMapper();

  private AccessPolicy() {}

  static String of(StorageGrant grant) {
    var exact = text(grant, AccessPolicy::objects);
    return exact.length() <= LONGEST ? exact : text(grant, AccessPolicy::folders);
  }

  private static String text(
      StorageGrant grant, Function<Collection<Place>, Collection<String>> resources) {
    var written = resources.apply(grant.writes());
    var read = new TreeSet<>(resources.apply(grant.reads()));
    read.addAll(written);
    var statements = new ArrayList<Map<String, Object>>();
    allow(statements, read, "GetObject", "GetObjectVersion");
    allow(statements, written, "PutObject", "AbortMultipartUpload");
    allow(statements, ownBuckets(grant), "ListBucket", "ListBucketVersions");
    var policy = new TreeMap<String, Object>();
    policy.put("Version", "2012-10-17");
    policy.put("Statement", statements);
    try {
      return JSON.writeValueAsString(policy);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void allow(
      List<Map<String, Object>> statements, Collection<String> resources, String... actions) {
    if (!resources.isEmpty()) {
      var statement = new TreeMap<String, Object>();
      statement.put("Effect", "Allow");
      statement.put("Action", List.of(actions).stream().map("s3:"::concat).toList());
      statement.put("Resource", List.copyOf(resources));
      statements.add(statement);
    }
  }

  private static Collection<String> objects(Collection<Place> places) {
    var resources = new TreeSet<String>();
    places.forEach(
        place ->
            resources.add(
                arn(place.bucket() + "/" + checked(place) + (isFolder(place) ? "*" : ""))));
    return resources;
  }

  private static Collection<String> folders(Collection<Place> places) {
    var common = new TreeMap<String, String>();
    places.forEach(
        place -> common.merge(place.bucket().value(), checked(place), AccessPolicy::common));
    var resources = new TreeSet<String>();
    common.forEach(
        (bucket, key) ->
            resources.add(arn(bucket + "/" + key.substring(0, key.lastIndexOf('/') + 1) + "*")));
    return resources;
  }

  private static String checked(Place place) {
    return isFolder(place) ? ObjectKeys.checkPrefix(place.key()) : ObjectKeys.check(place.key());
  }

  private static boolean isFolder(Place place) {
    return place.key().endsWith("/");
  }

  private static String common(String one, String other) {
    var length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }

  /** The runner looks whether a key exists, which without this would be "forbidden". */
  private static Collection<String> ownBuckets(StorageGrant grant) {
    var buckets = new TreeSet<String>();
    for (var places : List.of(grant.reads(), grant.writes())) {
      for (var place : places) {
        if (place.bucket().project().equals(grant.project())) {
          buckets.add(arn(place.bucket().value()));
        }
      }
    }
    return buckets;
  }

  private static String arn(String path) {
    return "arn:aws:s3:::" + path;
  }
}
