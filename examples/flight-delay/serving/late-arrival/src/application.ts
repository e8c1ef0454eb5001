import { airports, modelRow } from './model-row.ts';
import { defineApplication } from './ratchet.ts';
import { reasonCodes, reasonsOf } from './reasons.ts';
import { sampleFlight } from './sample-flight.ts';

/** From which probability on a flight is called late. */
const threshold = 0.5;

const measured = { type: 'number', required: false, nullable: true } as const;

export const application = defineApplication({
  api: {
    version: '1.0',
    input: {
      carrier: { type: 'string' },
      origin: { type: 'string', allowed: airports },
      destination: { type: 'string' },
      /** Local time of the timetable, such as 2013-03-15T18:30. */
      departure: { type: 'string' },
      distanceMiles: { type: 'number' },
      flightsThatHour: measured,
      planeAgeYears: measured,
      planeSeats: measured,
      temperatureF: measured,
      dewPointF: measured,
      humidityPercent: measured,
      windMph: measured,
      gustMph: measured,
      precipitationInches: measured,
      pressureMbar: measured,
      visibilityMiles: measured,
      /** Minutes by which others were late lately, as far as that is known two hours before. */
      carrierDelay: measured,
      routeDelay: measured,
      originDelay: measured,
      originLateShare: measured,
      originDepartureDelay: measured,
      planeLastDelay: measured,
    },
    output: {
      probability: { type: 'number' },
      label: { type: 'string', allowed: ['late', 'on time'] },
      reasons: { type: 'string', shape: [-1], allowed: reasonCodes },
    },
  },
  metrics: {
    flights: {
      kind: 'counter',
      help: 'Flights that were asked for.',
      labels: { origin: airports, label: ['late', 'on time'] },
    },
    probability: {
      kind: 'histogram',
      help: 'Probabilities that were answered.',
      buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    },
  },
  examples: [
    { carrier: 'UA', origin: 'EWR', destination: 'ORD', departure: '2013-03-15T18:30', distanceMiles: 719 },
    {
      carrier: 'B6',
      origin: 'JFK',
      destination: 'BOS',
      departure: '2013-03-16T06:05',
      distanceMiles: 187,
      windMph: 32,
      visibilityMiles: 1.5,
      planeLastDelay: 47,
    },
  ],

  sample: sampleFlight,
  preprocess: modelRow,

  postprocess(prediction, { row, metrics }) {
    const probability = probabilityOf(prediction);
    const label = probability >= threshold ? 'late' : 'on time';
    metrics.flights.inc({ origin: row.origin, label });
    metrics.probability.observe(probability);
    return { probability, label, reasons: reasonsOf(row) };
  },
});

/** The model answers with the probabilities of both classes, the second being that of a late arrival. */
function probabilityOf(prediction: unknown): number {
  const { probabilities } = prediction as { probabilities?: unknown };
  const probability: unknown = Array.isArray(probabilities) ? probabilities[1] : undefined;
  if (typeof probability !== 'number') throw new Error('the model gave no probabilities of two classes');
  return probability;
}
