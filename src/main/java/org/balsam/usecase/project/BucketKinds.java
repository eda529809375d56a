package org.balsam.usecase.project;

import java.util.List;

/** The buckets of a project. */
final class BucketKinds {

  static final List<String> ALL = List.of("raw", "work", "out", "rel", "prov");

  /** With that of models, which only projects with models have. */
  static final List<String> KEPT = List.of("raw", "work", "out", "rel", "mdl", "prov");

  private BucketKinds() {}
}
