/**
 * The Davies-Bouldin index: for each cluster the worst ratio of two clusters' spreads to the distance between their
 * centres, averaged over clusters. 0 is best; clusters that share a centre are not compared.
 *
 * @param features row-major, `width` finite numbers a row
 * @param cluster dense ids from 0, `clusters` of them, at least 2
 * @returns 0 or more; O(rows x width + clusters^2 x width)
 * Source: Davies and Bouldin, IEEE PAMI 1979; spread is the mean Euclidean distance to the centre, as scikit-learn.
 * @example features 0, 1, 10, 11 in clusters 0, 0, 1, 1 give 0.1
 */
export function daviesBouldin(
  features: Float64Array,
  width: number,
  cluster: Int32Array,
  clusters: number,
): number {
  const centres = centresOf(features, width, cluster, clusters);
  const spreads = spreadsOf(features, width, cluster, centres);
  let sum = 0;
  for (let own = 0; own < clusters; own++) {
    let worst = 0;
    for (let other = 0; other < clusters; other++) {
      const apart = distance(centres, own * width, centres, other * width, width);
      if (apart === 0) continue;
      worst = Math.max(worst, ((spreads[own] ?? 0) + (spreads[other] ?? 0)) / apart);
    }
    sum += worst;
  }
  return sum / clusters;
}

function centresOf(
  features: Float64Array,
  width: number,
  cluster: Int32Array,
  clusters: number,
): Float64Array {
  const centres = new Float64Array(clusters * width);
  const sizes = new Float64Array(clusters);
  cluster.forEach((id, row) => {
    sizes[id] = (sizes[id] ?? 0) + 1;
    for (let column = 0; column < width; column++) {
      const at = id * width + column;
      centres[at] = (centres[at] ?? 0) + (features[row * width + column] ?? 0);
    }
  });
  return centres.map((sum, at) => sum / (sizes[Math.floor(at / width)] ?? 1));
}

function spreadsOf(
  features: Float64Array,
  width: number,
  cluster: Int32Array,
  centres: Float64Array,
): Float64Array {
  const sums = new Float64Array(centres.length / width);
  const sizes = new Float64Array(sums.length);
  cluster.forEach((id, row) => {
    sizes[id] = (sizes[id] ?? 0) + 1;
    sums[id] = (sums[id] ?? 0) + distance(features, row * width, centres, id * width, width);
  });
  return sums.map((sum, id) => sum / (sizes[id] ?? 1));
}

function distance(
  left: Float64Array,
  leftAt: number,
  right: Float64Array,
  rightAt: number,
  width: number,
): number {
  let squared = 0;
  for (let column = 0; column < width; column++) {
    const difference = (left[leftAt + column] ?? 0) - (right[rightAt + column] ?? 0);
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}
