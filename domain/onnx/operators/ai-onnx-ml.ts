import { operatorTable } from './operator-table.js';

/** Operators of `ai.onnx.ml` by the version that brought them, as the onnx 1.23.2 package lists them up to 5. */
export const aiOnnxMlOperators = operatorTable(
  5,
  {
    1: `
      ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer
      Imputer LabelEncoder LinearClassifier LinearRegressor Normalizer OneHotEncoder SVMClassifier
      SVMRegressor Scaler TreeEnsembleClassifier TreeEnsembleRegressor ZipMap`,
    5: 'TreeEnsemble',
  },
  { TreeEnsembleClassifier: 5, TreeEnsembleRegressor: 5 },
);
