"""The algorithms that ratchet.yaml can choose, by name and task. Each gives a fitted pipeline."""

from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline

from growing import grow
from job import refuse
from pipelines import linear_columns, tree_columns
from rows import split_inputs


def logistic_regression(job, data):
    model = LogisticRegression(C=job.option("C", 0.1), max_iter=job.option("max_iter", 300))
    return fit_at_once(job, data, linear_columns(*split_inputs(job.inputs)), model)


def ridge(job, data):
    model = Ridge(alpha=job.option("alpha", 1.0))
    return fit_at_once(job, data, linear_columns(*split_inputs(job.inputs)), model)


def isolation_forest(job, data):
    model = IsolationForest(
        n_estimators=job.option("n_estimators", 30),
        max_samples=job.option("max_samples", 128),
        random_state=job.seed,
    )
    return fit_at_once(job, data, tree_columns(*split_inputs(job.inputs), impute=True), model)


def boosting(kind, native=False):
    def fit(job, data):
        numbers, texts = split_inputs(job.inputs)
        # The columns arrive with the numbers first, so the categories are the last ones.
        categories = list(range(len(numbers), len(job.inputs))) if native else None
        model = kind(
            learning_rate=job.option("learning_rate", 0.06),
            max_leaf_nodes=job.option("max_leaf_nodes", 15),
            min_samples_leaf=job.option("min_samples_leaf", 100),
            l2_regularization=job.option("l2_regularization", 1.0),
            categorical_features=categories,
            early_stopping=False,
            random_state=job.seed,
        )
        columns = tree_columns(numbers, texts, impute=False)
        return grow(job, data, columns, model, size="max_iter", total=job.option("max_iter", 150), chunk=10)

    return fit


def forest(kind):
    def fit(job, data):
        model = kind(
            max_depth=job.option("max_depth", 14),
            min_samples_leaf=job.option("min_samples_leaf", 20),
            random_state=job.seed,
        )
        columns = tree_columns(*split_inputs(job.inputs), impute=True)
        return grow(job, data, columns, model, size="n_estimators", total=job.option("n_estimators", 100), chunk=20)

    return fit


def fit_at_once(job, data, columns, model):
    pipeline = Pipeline([("columns", columns), ("model", model)])
    pipeline.fit(data.train, data.train_labels)
    job.report(1, **data.judge(pipeline, data.train, data.validation))
    return pipeline


algorithms = {
    ("classification", "logistic-regression"): logistic_regression,
    ("classification", "hist-gradient-boosting"): boosting(HistGradientBoostingClassifier),
    # Converts to an ONNX file that answers wrongly and says nothing. The parity gate refuses it.
    ("classification", "hist-gradient-boosting-native"): boosting(HistGradientBoostingClassifier, native=True),
    ("classification", "random-forest"): forest(RandomForestClassifier),
    ("regression", "ridge"): ridge,
    ("regression", "hist-gradient-boosting"): boosting(HistGradientBoostingRegressor),
    ("regression", "random-forest"): forest(RandomForestRegressor),
    ("anomaly", "isolation-forest"): isolation_forest,
}


def estimator_for(job):
    chosen = algorithms.get((job.task, job.algorithm))
    if chosen is None:
        known = ", ".join(name for task, name in algorithms if task == job.task) or "none"
        refuse(f"there is no algorithm {job.algorithm!r} for the task {job.task}; known are {known}")
    return chosen
