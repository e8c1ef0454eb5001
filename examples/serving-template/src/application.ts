import { defineApplication, Refusal } from './ratchet.ts';

/** From which probability on a parcel is called late. */
const threshold = 0.5;
/** What the model is told of a depot that it knows nothing of. */
const unknownDepot = { depot_late_7d: null, depot_parcels_7d: 0 };

export const application = defineApplication({
  api: {
    version: '1.0',
    input: {
      items: { type: 'integer' },
      distanceKm: { type: 'number' },
      depotLateShare: { type: 'number', required: false },
      depotParcels: { type: 'integer', required: false },
    },
    output: {
      late: { type: 'boolean' },
      probability: { type: 'number' },
    },
  },
  metrics: {
    answers: { kind: 'counter', help: 'Parcels that were asked for.', labels: { late: ['yes', 'no'] } },
  },
  examples: [
    { items: 3, distanceKm: 120 },
    { items: 1, distanceKm: 15, depotLateShare: 0.2, depotParcels: 40 },
  ],

  sample({ items, distance_km, depot_late_7d, depot_parcels_7d }) {
    if (typeof items !== 'number' || typeof distance_km !== 'number') return null;
    const depotLateShare = typeof depot_late_7d === 'number' ? { depotLateShare: depot_late_7d } : {};
    const depotParcels = typeof depot_parcels_7d === 'number' ? { depotParcels: depot_parcels_7d } : {};
    return { items, distanceKm: distance_km, ...depotLateShare, ...depotParcels };
  },

  preprocess(row) {
    const {
      items,
      distanceKm,
      depotLateShare = unknownDepot.depot_late_7d,
      depotParcels = unknownDepot.depot_parcels_7d,
    } = row;
    if (distanceKm < 0) throw new Refusal('distanceKm is negative');
    return { items, distance_km: distanceKm, depot_late_7d: depotLateShare, depot_parcels_7d: depotParcels };
  },

  postprocess(prediction, { metrics }) {
    const probability = probabilityOf(prediction);
    const late = probability >= threshold;
    metrics.answers.inc({ late: late ? 'yes' : 'no' });
    return { late, probability };
  },
});

/** The model answers with the probabilities of both classes. */
function probabilityOf(prediction: unknown): number {
  const { probabilities } = prediction as { probabilities?: unknown };
  const probability: unknown = Array.isArray(probabilities) ? probabilities[1] : undefined;
  if (typeof probability !== 'number') throw new Error('the model gave no probabilities of two classes');
  return probability;
}
