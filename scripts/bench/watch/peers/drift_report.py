"""The drift report of another program: python drift_report.py <scipy|nannyml|evidently> <rows>. Prints what its second run took."""

import json
import logging
import resource
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
program, rows = sys.argv[1], int(sys.argv[2])
columns = [f"c{at}" for at in range(20)]
random = np.random.default_rng(7)
reference, window = random.normal(size=(2, 20, rows))


def frames():
    import pandas as pd

    return tuple(pd.DataFrame(dict(zip(columns, table))) for table in (reference, window))


def with_scipy():
    """KS, Wasserstein-1 and the correction of Benjamini and Hochberg, sorted once a column."""
    from scipy.stats import false_discovery_control
    from scipy.stats import kstwobign

    def report():
        pvalues = []
        for before, after in zip(reference, window):
            left, right = np.sort(before), np.sort(after)
            both = np.concatenate([left, right])
            both.sort()
            gaps = np.searchsorted(left, both, side="right") / rows
            gaps -= np.searchsorted(right, both, side="right") / rows
            np.abs(gaps, out=gaps)
            distance = np.sum(gaps[:-1] * np.diff(both)) / before.std()
            assert np.isfinite(distance)
            pvalues.append(kstwobign.sf(gaps.max() * np.sqrt(rows / 2)))
        return false_discovery_control(pvalues)

    return report


def with_nannyml():
    import nannyml

    before, after = frames()

    def report():
        calculator = nannyml.UnivariateDriftCalculator(
            column_names=columns, chunk_number=1, continuous_methods=["kolmogorov_smirnov"]
        )
        return calculator.fit(before).calculate(after).to_df()

    return report


def with_evidently():
    from evidently import Dataset, Report
    from evidently.presets import DataDriftPreset

    before, after = frames()

    def report():
        made = Report([DataDriftPreset()])
        return made.run(Dataset.from_pandas(after), Dataset.from_pandas(before)).dict()

    return report


report = {"scipy": with_scipy, "nannyml": with_nannyml, "evidently": with_evidently}[program]()
report()
began = time.process_time()
report()
seconds = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "peakMiB": peak}))
