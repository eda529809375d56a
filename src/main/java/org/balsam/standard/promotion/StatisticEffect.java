package org.balsam.standard.promotion;

import java.util.List;

/**
 * How the last published round changes when it is made again with the candidate.
 *
 * @param round the round that was made again
 * @param aggregates its main aggregates; at least one
 */
public record StatisticEffect(String round, List<Aggregate> aggregates) {

  /**
   * One aggregate.
   *
   * @param name what was published
   * @param change new / published − 1, a share: 0.01 for one percent
   * @param cv the coefficient of variation of the published figure, a share
   */
  public record Aggregate(String name, double change, double cv) {}

  public StatisticEffect {
    aggregates = List.copyOf(aggregates);
  }
}
