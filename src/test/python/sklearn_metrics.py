"""Metrics of a predictions.csv computed by scikit-learn, as JSON, to hold Balsam's own against.

    python3 sklearn_metrics.py predictions.csv POSITIVE
"""

import csv
import json
import sys

import numpy as np
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, recall_score, roc_auc_score


def main(path, positive):
    with open(path, encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    classes = [name[2:] for name in rows[0] if name.startswith("p_")]
    truths = np.array([row["truth"] for row in rows])
    chances = np.array([[float(row["p_" + name]) for name in classes] for row in rows])
    said = np.array(classes)[chances.argmax(axis=1)]
    of_positive = chances[:, classes.index(positive)]
    figures = {
        "accuracy": accuracy_score(truths, said),
        "auc": roc_auc_score(truths == positive, of_positive),
        "brier": brier_score_loss(truths == positive, of_positive),
        "macro-f1": f1_score(truths, said, average="macro"),
    }
    for name, value in zip(classes, recall_score(truths, said, labels=classes, average=None)):
        figures["recall-" + name] = value
    print(json.dumps({name: float(value) for name, value in figures.items()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
