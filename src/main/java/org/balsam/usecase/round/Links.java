package org.balsam.usecase.round;

import org.balsam.kernel.RoundId;

/** Where people find things of a round. */
final class Links {

  private Links() {}

  static String to(RoundId round) {
    return "/api/v1/projects/" + round.project() + "/rounds/" + round;
  }
}
