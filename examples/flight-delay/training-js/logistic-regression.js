/** Middle of the numbers that are there, as a 32-bit number. */
function median(column) {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  return sorted.length === 0 ? 0 : Math.fround(sorted[Math.floor(sorted.length / 2)]);
}

/** What turns a column into numbers around 0: a value for missing ones, mean and deviation. */
export function fitScaling(columns) {
  return columns.map((column) => {
    const fill = median(column);
    const values = column.map((value) => (Number.isNaN(value) ? fill : value));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { fill, mean: Math.fround(mean), deviation: Math.fround(Math.sqrt(variance) || 1) };
  });
}

export function scale(columns, scaling) {
  return columns.map((column, at) => {
    const { fill, mean, deviation } = scaling[at];
    return column.map((value) => ((Number.isNaN(value) ? fill : value) - mean) / deviation);
  });
}

/** Probability of 1 for each row of scaled columns. */
export function probabilities(columns, { weights, bias }) {
  const scores = new Float64Array(columns[0].length).fill(bias);
  columns.forEach((column, at) => {
    for (let row = 0; row < scores.length; row += 1) scores[row] += weights[at] * column[row];
  });
  return scores.map((score) => 1 / (1 + Math.exp(-score)));
}

export function logLoss(labels, answers) {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    sum -= Math.log(Math.max(1e-15, labels[row] === 1 ? answers[row] : 1 - answers[row]));
  }
  return sum / labels.length;
}

/** One step of gradient descent with momentum over all rows. Gives the next state and changes nothing. */
export function descend(state, columns, labels, { learningRate, momentum, penalty }) {
  const errors = probabilities(columns, state).map((answer, row) => answer - labels[row]);
  const step = (gradient, velocity) => momentum * velocity - learningRate * gradient;
  const velocities = columns.map((column, at) => {
    let gradient = penalty * state.weights[at];
    for (let row = 0; row < errors.length; row += 1) gradient += (errors[row] * column[row]) / errors.length;
    return step(gradient, state.velocities[at]);
  });
  const biasGradient = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const biasVelocity = step(biasGradient, state.biasVelocity);
  return {
    epoch: state.epoch + 1,
    weights: state.weights.map((weight, at) => weight + velocities[at]),
    bias: state.bias + biasVelocity,
    velocities,
    biasVelocity,
  };
}

export function startState(width) {
  const zeros = Array.from({ length: width }, () => 0);
  return { epoch: 0, weights: zeros, bias: 0, velocities: zeros, biasVelocity: 0 };
}
