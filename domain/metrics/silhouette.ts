/**
 * The silhouette of each row: how much nearer it lies to its own cluster than to the next one,
 * (b - a) / max(a, b) with the mean distance a to the other rows of its cluster and the least mean distance b to the
 * rows of another. A row alone in its cluster has 0.
 *
 * @param features row-major, `width` finite numbers a row
 * @param cluster dense ids from 0, `clusters` of them, at least 2
 * @returns -1..1 a row; quadratic in rows, so at most a few thousand
 * Source: Rousseeuw, Journal of Computational and Applied Mathematics 1987; Euclidean, as scikit-learn.
 * @example features 0, 1, 10, 11 in clusters 0, 0, 1, 1 give 0.905, 0.895, 0.895, 0.905
 */
export function silhouettes(
  features: Float64Array,
  width: number,
  cluster: Int32Array,
  clusters: number,
): Float64Array {
  const sizes = new Float64Array(clusters);
  for (const id of cluster) sizes[id] = (sizes[id] ?? 0) + 1;
  const distances = distancesToClusters(features, width, cluster, clusters);
  return Float64Array.from(cluster, (own, row) => {
    const size = sizes[own] ?? 0;
    if (size === 1) return 0;
    const inside = (distances[row * clusters + own] ?? 0) / (size - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < clusters; other++) {
      if (other === own) continue;
      nearest = Math.min(nearest, (distances[row * clusters + other] ?? 0) / (sizes[other] ?? 1));
    }
    const scale = Math.max(inside, nearest);
    return scale === 0 ? 0 : (nearest - inside) / scale;
  });
}

/** The sum of the distances of each row to the rows of each cluster, row-major. */
function distancesToClusters(
  features: Float64Array,
  width: number,
  cluster: Int32Array,
  clusters: number,
): Float64Array {
  const sums = new Float64Array(cluster.length * clusters);
  for (let left = 0; left < cluster.length; left++) {
    for (let right = 0; right < left; right++) {
      const distance = distanceBetween(features, width, left, right);
      const toRight = left * clusters + (cluster[right] ?? 0);
      const toLeft = right * clusters + (cluster[left] ?? 0);
      sums[toRight] = (sums[toRight] ?? 0) + distance;
      sums[toLeft] = (sums[toLeft] ?? 0) + distance;
    }
  }
  return sums;
}

function distanceBetween(features: Float64Array, width: number, left: number, right: number): number {
  let squared = 0;
  for (let column = 0; column < width; column++) {
    const difference = (features[left * width + column] ?? 0) - (features[right * width + column] ?? 0);
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}
