package org.balsam.usecase.project;

/** What an onboarding makes in other systems, in this order. */
enum ProvisionStep {
  GROUPS,
  REPOSITORY,
  BUCKETS,
  NAMESPACE,
  CHANNEL
}
