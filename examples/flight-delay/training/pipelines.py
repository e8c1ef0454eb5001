"""What happens to the columns before an estimator sees them. All of it becomes part of the ONNX file."""

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def linear_columns(numbers, texts):
    """
    Medians for missing numbers, one scale for all, a column for each category. A category that was never seen has no
    column: 'infrequent_if_exist' instead would give an ONNX file that fails on it.
    """
    scaled = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    return transformer(("numbers", scaled, numbers), ("texts", OneHotEncoder(handle_unknown="ignore"), texts))


def tree_columns(numbers, texts, impute):
    """Categories as whole numbers, -1 for one that was never seen. Boosting splits on missing numbers by itself."""
    kept = SimpleImputer(strategy="median") if impute else "passthrough"
    ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    return transformer(("numbers", kept, numbers), ("texts", ordinal, texts))


def transformer(*parts):
    return ColumnTransformer([part for part in parts if part[2]])
