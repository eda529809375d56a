package org.balsam.platform.compute.classifier;

import java.util.Arrays;
import org.balsam.platform.compute.classifier.Encoding.Terms;

/**
 * A multinomial logistic regression: the probabilities of the classes are the softmax of one
 * weighted sum for each.
 *
 * @param weights by class, then by term
 * @param intercepts by class
 */
record LinearModel(double[][] weights, double[] intercepts) {

  double[] probabilities(Terms row) {
    var scores = intercepts.clone();
    for (int c = 0; c < scores.length; c++) {
      for (int i = 0; i < row.indices().length; i++) {
        scores[c] += weights[c][row.indices()[i]] * row.values()[i];
      }
    }
    var highest = Arrays.stream(scores).max().orElseThrow();
    var powers = Arrays.stream(scores).map(score -> Math.exp(score - highest)).toArray();
    var sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }
}
