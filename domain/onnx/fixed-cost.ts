import type { StructureSummary } from './scan-structure.js';

/** Operators whose output is as large as the shapes of their inputs say, whatever stands in them. */
const fixed = new Set([
  ...list(
    'ai.onnx',
    `Abs Add And ArgMax ArgMin Cast Ceil Clip Concat Constant Div Equal Exp Flatten Floor Gather Gemm Greater
    GreaterOrEqual Identity IsInf IsNaN Less LessOrEqual Log LogSoftmax MatMul Max Mean Min Mul Neg Not Or Pow
    Reciprocal ReduceL2 ReduceMax ReduceMean ReduceMin ReduceSum ReduceSumSquare Relu Reshape Shape Sigmoid Sign
    Slice Softmax Split Sqrt Squeeze Sub Sum Tanh Transpose Unsqueeze Where Xor`,
  ),
  ...list(
    'ai.onnx.ml',
    `ArrayFeatureExtractor Binarizer FeatureVectorizer Imputer LabelEncoder LinearClassifier LinearRegressor
    Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier
    TreeEnsembleRegressor`,
  ),
]);
/** Of a larger file one path through it may be far longer than the one that was measured, and it takes long to load. */
const mostBytes = 4 * 1024 ** 2;

/** Whether one row of such a model costs about the same whatever stands in it: what was measured holds for others. */
export function isFixedCost({ operators, functions, depth, bytes }: StructureSummary): boolean {
  if (functions > 0 || depth > 0 || bytes > mostBytes) return false;
  return Object.keys(operators).every((operator) => fixed.has(operator));
}

function list(domain: string, names: string): string[] {
  return names.split(/\s+/).map((name) => `${domain}.${name}`);
}
