"""Makes the inputs and the expected figures of the tests in org.balsam.standard.promotion.

Needs scikit-learn and scipy:

    pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    python src/test/python/promotion_reference.py src/test/resources/promotion

The inputs are drawn with a fixed seed and written first; the figures are computed from the files
as they were written.
"""

import csv
import json
import pathlib
import sys

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import ks_2samp
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    recall_score,
    roc_auc_score,
)


class JavaRandom:
    """java.util.Random, as its specification gives the algorithm."""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def bits(self, count):
        self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.state >> (48 - count)

    def below(self, bound):
        if bound & (bound - 1) == 0:
            return (bound * self.bits(31)) >> 31
        while True:
            drawn = self.bits(31)
            rest = drawn % bound
            if drawn - rest + bound - 1 < 1 << 31:
                return rest


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_inputs(folder, rng):
    cases = 600
    score = rng.normal(size=cases)
    truth = (rng.random(cases) < 1 / (1 + np.exp(2 - 1.8 * score))).astype(int)
    for name, noise in (("candidate", 0.35), ("champion", 0.9)):
        p = np.round(1 / (1 + np.exp(1.6 - 1.7 * (score + noise * rng.normal(size=cases)))), 2)
        write(
            folder / f"binary-{name}.csv",
            ["row", "truth", "p_no", "p_yes"],
            [[f"s{i}", ["no", "yes"][truth[i]], round(1 - p[i], 2), p[i]] for i in range(cases)],
        )
    groups = rng.choice(["climb", "approach", "landing", "taxi"], p=[0.4, 0.35, 0.22, 0.03], size=cases)
    write(folder / "binary-set.csv", ["id", "phase", "speed"],
          [[f"s{i}", groups[i], round(100 + 20 * score[i], 1)] for i in range(cases)])

    classes = ["a", "b", "c", "never"]
    logits = rng.normal(size=(300, 4)) + np.array([0.6, 0.2, 0.0, -9.0])
    share = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    truth = [classes[rng.choice(3, p=row[:3] / row[:3].sum())] for row in share]
    write(folder / "multi.csv", ["row", "truth"] + ["p_" + c for c in classes],
          [[f"m{i}", truth[i]] + [f"{value:.6f}" for value in share[i]] for i in range(300)])

    def features(count, shift, fresh):
        speed = np.round(rng.normal(150 + shift, 30, size=count), 1)
        missing = rng.random(count) < (0.28 + shift / 200)
        names = ["AMERICAN", "DELTA", "MILITARY", "UNITED"] + fresh
        weight = np.array([4, 3, 2, 1] + [2] * len(fresh), dtype=float)
        operator = rng.choice(names, p=weight / weight.sum(), size=count)
        return [["" if missing[i] else speed[i], operator[i] if rng.random() > 0.02 else ""]
                for i in range(count)]

    write(folder / "train.csv", ["id", "speed", "operator"],
          [[f"t{i}"] + row for i, row in enumerate(features(1500, 0, []))])
    write(folder / "latest.csv", ["id", "speed", "operator"],
          [[f"l{i}"] + row for i, row in enumerate(features(800, 16, ["VIRGIN"]))])


def calibration_error(truth, shares, bins):
    confidence = shares.max(axis=1)
    right = shares.argmax(axis=1) == truth
    upper = np.linspace(0, 1, bins + 1)[1:]
    bin_of = np.searchsorted(upper, confidence - 1e-12)
    error = 0.0
    for b in range(bins):
        inside = bin_of == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def predictions(path):
    rows = read(path)
    classes = [name[2:] for name in rows[0] if name.startswith("p_")]
    truth = np.array([classes.index(row["truth"]) for row in rows])
    shares = np.array([[float(row["p_" + c]) for c in classes] for row in rows])
    return classes, truth, shares


def metrics(path, positive=None):
    classes, truth, shares = predictions(path)
    predicted = shares.argmax(axis=1)
    labels = range(len(classes))
    figures = {
        "cases": len(truth),
        "accuracy": accuracy_score(truth, predicted),
        "macroF1": f1_score(truth, predicted, average="macro", zero_division=0),
        "calibrationError": calibration_error(truth, shares, 15),
        "calibrationError10": calibration_error(truth, shares, 10),
        "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
        "recall": recall_score(truth, predicted, labels=labels, average=None, zero_division=0).tolist(),
        "f1": f1_score(truth, predicted, labels=labels, average=None, zero_division=0).tolist(),
    }
    if positive is None:
        figures["brier"] = brier_score_loss(truth, shares, labels=list(labels))
    else:
        share = shares[:, classes.index(positive)]
        figures["auc"] = roc_auc_score(truth == classes.index(positive), share)
        figures["brier"] = brier_score_loss(truth == classes.index(positive), share)
    return figures


def bootstrap(folder, seed, resamples):
    _, truth, candidate = predictions(folder / "binary-candidate.csv")
    _, _, champion = predictions(folder / "binary-champion.csv")
    one, other = candidate.argmax(axis=1), champion.argmax(axis=1)

    def difference(index):
        return (f1_score(truth[index], one[index], average="macro")
                - f1_score(truth[index], other[index], average="macro"))

    random = JavaRandom(seed)
    drawn = [difference([random.below(len(truth)) for _ in truth]) for _ in range(resamples)]
    return {
        "seed": seed,
        "resamples": resamples,
        "difference": difference(np.arange(len(truth))),
        "lower": float(np.quantile(drawn, 0.05)),
    }


def fairness(folder):
    classes, truth, shares = predictions(folder / "binary-candidate.csv")
    predicted = shares.argmax(axis=1)
    phase = np.array([row["phase"] for row in read(folder / "binary-set.csv")])
    yes = classes.index("yes")
    recall, selection = {}, {}
    for name in sorted(set(phase)):
        inside = phase == name
        if (inside & (truth == yes)).sum() >= 30:
            recall[name] = recall_score(truth[inside] == yes, predicted[inside] == yes)
        if inside.sum() >= 30:
            selection[name] = float((predicted[inside] == yes).mean())
    return {
        name: {
            "rates": rates,
            "gap": max(rates.values()) - min(rates.values()),
            "ratio": min(rates.values()) / max(rates.values()),
        }
        for name, rates in (("recall", recall), ("selection-rate", selection))
    }


def stability(before, after):
    keep = (before + after) > 0
    p = np.maximum(before[keep], 0.5) / before.sum()
    q = np.maximum(after[keep], 0.5) / after.sum()
    return float(np.sum((q - p) * np.log(q / p)))


def distances(before, after):
    return {
        "before": before.tolist(),
        "after": after.tolist(),
        "psi": stability(before, after),
        "jensenShannon": float(jensenshannon(before / before.sum(), after / after.sum())),
    }


def drift(folder):
    train, latest = read(folder / "train.csv"), read(folder / "latest.csv")
    before, after = ([float(row["speed"]) for row in rows if row["speed"]] for rows in (train, latest))
    edges = np.quantile(before, np.arange(1, 10) / 10)

    def numbers(rows, values):
        return np.append(np.bincount(np.searchsorted(edges, values), minlength=10), len(rows) - len(values))

    names = sorted({row["operator"] for row in train} - {""})

    def categories(rows):
        values = [row["operator"] for row in rows]
        known = [values.count(name) for name in names]
        missing = values.count("")
        return np.array(known + [len(values) - sum(known) - missing, missing])

    speed = distances(numbers(train, before), numbers(latest, after))
    asymptotic = ks_2samp(before, after, method="asymp")
    small = ks_2samp(before[:90], after[:70], method="exact")
    speed.update(
        edges=edges.tolist(),
        ks=asymptotic.statistic,
        ksPValue=asymptotic.pvalue,
        smallKs=small.statistic,
        smallKsPValue=small.pvalue,
    )
    return {"speed": speed, "operator": distances(categories(train), categories(latest))}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    make_inputs(folder, np.random.default_rng(19900101))
    expected = {
        "candidate": metrics(folder / "binary-candidate.csv", "yes"),
        "champion": metrics(folder / "binary-champion.csv", "yes"),
        "multi": metrics(folder / "multi.csv"),
        "bootstrap": bootstrap(folder, 42, 2000),
        "fairness": fairness(folder),
        "drift": drift(folder),
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
