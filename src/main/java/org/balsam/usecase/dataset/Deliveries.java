package org.balsam.usecase.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.Period;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.platform.storage.StoredObject;
import org.springframework.stereotype.Component;

/** What has been delivered to a dataset, by the period that each delivery is about. */
@Component
class Deliveries {

  private static final Pattern KEY =
      Pattern.compile("([^/]+)/r(\\d{1,9})/([^/]+)/([^/]+)/b(\\d{1,9})/([^/]+)");

  private final ObjectStore store;
  private final BucketNames buckets;

  Deliveries(ObjectStore store, BucketNames buckets) {
    this.store = store;
    this.buckets = buckets;
  }

  /**
   * Where a delivery is.
   *
   * @param build counts the builds of one revision
   */
  record Place(Period period, int revision, String layer, String name, int build, String file) {

    /** The place that a key says; empty for a key of another form. */
    static Optional<Place> of(String text) {
      var key = KEY.matcher(text);
      return key.matches()
          ? Optional.of(
              new Place(
                  new Period(key.group(1)),
                  Integer.parseInt(key.group(2)),
                  key.group(3),
                  key.group(4),
                  Integer.parseInt(key.group(5)),
                  key.group(6)))
          : Optional.empty();
    }
  }

  /** One delivered file. */
  record Delivery(Period period, int revision, int build, String file, StoredObject object) {

    boolean isNewerThan(Delivery other) {
      return revision != other.revision ? revision > other.revision : build > other.build;
    }

    Manifest.Entry entry(String input, String version) {
      return new Manifest.Entry(
          input,
          version,
          object.bucket(),
          object.key(),
          object.versionId(),
          object.size(),
          object.sha256(),
          Long.parseLong(object.metadata().getOrDefault("rows", "-1")),
          object.lastModified());
    }
  }

  /** The newest delivery of each file of each period that {@code wanted} lets through. */
  List<Delivery> newest(DatasetId dataset, Predicate<Period> wanted) {
    var newest = new TreeMap<String, Delivery>();
    var bucket = buckets.of(dataset.project(), dataset.layer().bucketKind());
    try (var objects = store.list(bucket, "")) {
      objects.forEach(object -> consider(dataset, wanted, object, newest));
    }
    return List.copyOf(newest.values());
  }

  private static void consider(
      DatasetId dataset,
      Predicate<Period> wanted,
      StoredObject object,
      Map<String, Delivery> newest) {
    var key = KEY.matcher(object.key());
    if (!key.matches()
        || !key.group(3).equals(dataset.layer().value())
        || !key.group(4).equals(dataset.name())) {
      return;
    }
    var period = new Period(key.group(1));
    if (!wanted.test(period)) {
      return;
    }
    var delivery =
        new Delivery(
            period,
            Integer.parseInt(key.group(2)),
            Integer.parseInt(key.group(5)),
            key.group(6),
            object);
    newest.merge(
        period + "/" + delivery.file(),
        delivery,
        (old, candidate) -> candidate.isNewerThan(old) ? candidate : old);
  }
}
