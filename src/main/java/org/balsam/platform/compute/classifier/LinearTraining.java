package org.balsam.platform.compute.classifier;

import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.balsam.platform.compute.classifier.Encoding.Terms;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Fits a {@link LinearModel} by stochastic gradient descent with AdaGrad (Duchi, Hazan, Singer:
 * Adaptive subgradient methods, JMLR 12, 2011) on the log loss, with Tribuo, on one thread: the
 * same rows, parameters and seed give the same weights.
 */
final class LinearTraining {

  private static final double EPSILON = 1e-6;

  private final List<String> classes;
  private final int terms;
  private final ImmutableFeatureMap featureIds;
  private final ImmutableOutputInfo<Label> labelIds;
  private final MutableDataset<Label> examples;

  /**
   * A training.
   *
   * @param terms the number of terms
   * @param truths the class of each row; every class occurs
   */
  LinearTraining(List<String> classes, int terms, List<Terms> rows, List<String> truths) {
    this.classes = classes;
    this.terms = terms;
    var labels = new LabelFactory();
    this.examples = new MutableDataset<>(new SimpleDataSourceProvenance("rows", labels), labels);
    for (int i = 0; i < rows.size(); i++) {
      examples.add(example(rows.get(i), truths.get(i)));
    }
    this.featureIds = examples.getFeatureIDMap();
    this.labelIds = examples.getOutputIDInfo();
  }

  /**
   * Fits the model.
   *
   * @param epochs told the model after each epoch, counted from 1
   */
  LinearModel fit(TrainingParameters parameters, long seed, ObjIntConsumer<LinearModel> epochs) {
    var batches = (examples.size() + parameters.batchSize() - 1) / parameters.batchSize();
    var optimiser =
        new EpochOptimiser(
            new AdaGrad(parameters.learningRate(), EPSILON),
            batches,
            (state, epoch) -> epochs.accept(model(state.getWeightMatrix()), epoch));
    var trainer =
        new LinearSGDTrainer(
            new LogMulticlass(), optimiser, parameters.epochs(), -1, parameters.batchSize(), seed);
    return model(trainer.train(examples).getWeightsCopy());
  }

  private static ArrayExample<Label> example(Terms row, String truth) {
    var names = IntStream.of(row.indices()).mapToObj(LinearTraining::name).toArray(String[]::new);
    return new ArrayExample<>(new Label(truth), names, row.values());
  }

  private static String name(int term) {
    return Integer.toString(term);
  }

  /** Tribuo numbers classes and terms in an order of its own. */
  private LinearModel model(DenseMatrix matrix) {
    var weights = new double[classes.size()][terms];
    var intercepts = new double[classes.size()];
    for (int c = 0; c < classes.size(); c++) {
      var label = labelIds.getID(new Label(classes.get(c)));
      intercepts[c] = matrix.get(label, featureIds.size());
      for (int t = 0; t < terms; t++) {
        var feature = featureIds.getID(name(t));
        weights[c][t] = feature < 0 ? 0 : matrix.get(label, feature);
      }
    }
    return new LinearModel(weights, intercepts);
  }
}
