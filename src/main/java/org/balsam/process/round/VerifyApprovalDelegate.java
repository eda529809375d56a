package org.balsam.process.round;

import static org.balsam.process.round.StatisticalRoundVariables.EVIDENCE;
import static org.balsam.process.round.StatisticalRoundVariables.round;

import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.round.VerifyApproval;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Verifies that what was approved is what will be published. */
@Component
class VerifyApprovalDelegate extends UseCaseDelegate {

  private final VerifyApproval verifyApproval;

  VerifyApprovalDelegate(VerifyApproval verifyApproval) {
    this.verifyApproval = verifyApproval;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    verifyApproval.handle(new VerifyApproval.Command(round(execution), EVIDENCE.get(execution)));
  }
}
