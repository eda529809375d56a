/** A classifier that needs only the Java machine: training, its ONNX form, and scoring. */
@NullMarked
package org.balsam.platform.compute.classifier;

import org.jspecify.annotations.NullMarked;
