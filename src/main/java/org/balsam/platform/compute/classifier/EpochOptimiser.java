package org.balsam.platform.compute.classifier;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import java.util.function.ObjIntConsumer;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Tensor;

/**
 * Tells the state of the model after each epoch, which Tribuo's trainer does not: it counts the
 * steps. An epoch's last update is made after its last step, so it is told at the next step, or
 * when training ends.
 */
final class EpochOptimiser implements StochasticGradientOptimiser {

  private final StochasticGradientOptimiser steps;
  private final int stepsPerEpoch;
  private final ObjIntConsumer<LinearParameters> epochs;
  private int taken;
  private LinearParameters state;

  EpochOptimiser(
      StochasticGradientOptimiser steps,
      int stepsPerEpoch,
      ObjIntConsumer<LinearParameters> epochs) {
    this.steps = steps;
    this.stepsPerEpoch = stepsPerEpoch;
    this.epochs = epochs;
  }

  @Override
  public void initialise(Parameters parameters) {
    state = (LinearParameters) parameters;
    steps.initialise(parameters);
  }

  @Override
  public Tensor[] step(Tensor[] updates, double weight) {
    if (taken > 0 && taken % stepsPerEpoch == 0) {
      epochs.accept(state, taken / stepsPerEpoch);
    }
    taken++;
    return steps.step(updates, weight);
  }

  @Override
  public void finalise() {
    steps.finalise();
    epochs.accept(state, taken / stepsPerEpoch);
  }

  @Override
  public void reset() {
    taken = 0;
    steps.reset();
  }

  @Override
  public StochasticGradientOptimiser copy() {
    return new EpochOptimiser(steps.copy(), stepsPerEpoch, epochs);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return steps.getProvenance();
  }
}
