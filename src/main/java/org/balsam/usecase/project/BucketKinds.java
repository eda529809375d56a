package org.balsam.usecase.project;

import java.util.List;

/** The buckets of a project. */
final class BucketKinds {

  static final List<String> ALL = List.of("raw", "work", "out", "rel", "prov");

  private BucketKinds() {}
}
