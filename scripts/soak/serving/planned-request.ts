import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** A request of the soak, and what may come of it. */
export interface PlannedRequest {
  readonly kind: Kind;
  readonly path: string;
  readonly body: string;
  /** What it asks to be answered within; null for the time of the server. */
  readonly deadlineMs: number | null;
  /** What is wrong with an answer; null for one that is right. */
  judge(status: number, text: string): string | null;
}

const kinds = ['infer', 'predict', 'stream', 'slow', 'hurried', 'poisoned', 'lookup', 'bad'] as const;
export type Kind = (typeof kinds)[number];

/** Shares of the kinds; they need not add up to one. */
const weights: Readonly<Record<Kind, number>> = {
  infer: 40,
  predict: 20,
  stream: 4,
  slow: 0.4,
  hurried: 0.4,
  poisoned: 4,
  lookup: 12,
  bad: 10,
};

/** The width of the matrices that the slow model multiplies: some 50 ms. */
const slowWidth = 400;

/** The request with a number, the same for the same seed; its numbers are its own, so that an answer to another is seen. */
export function plannedRequest(number: number, random: () => number): PlannedRequest {
  const total = kinds.reduce((sum, kind) => sum + weights[kind], 0);
  let left = random() * total;
  const kind = kinds.find((one) => {
    left -= weights[one];
    return left < 0;
  });
  return makers[kind ?? 'infer'](number, random);
}

type Maker = (number: number, random: () => number) => PlannedRequest;

const tensor = (data: readonly number[], datatype = 'FP32') => ({
  name: 'x',
  datatype,
  shape: [data.length, 1],
  data,
});
const infer = (model: string) => `/v2/models/${model}/infer`;

const makers: Readonly<Record<Kind, Maker>> = {
  infer: (number, random) => {
    const rows = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, at) => number + at / 8);
    return {
      kind: 'infer',
      path: infer('quick'),
      body: JSON.stringify({ id: String(number), inputs: [tensor(rows)] }),
      deadlineMs: null,
      judge: orOverloaded((text) => {
        const { id, outputs } = JSON.parse(text);
        return same([id, outputs[0].data], [String(number), rows.map((x) => Math.fround(x + 1))]);
      }),
    };
  },
  predict: (number) => ({
    kind: 'predict',
    path: '/v2/models/quick/predict',
    body: JSON.stringify([[number], [number + 0.5]]),
    deadlineMs: null,
    judge: orOverloaded((text) =>
      same(JSON.parse(text).predictions, [Math.fround(number + 1), Math.fround(number + 1.5)]),
    ),
  }),
  stream: (number) => ({
    kind: 'stream',
    path: '/v2/models/quick/predict',
    body: `[${number}]\n["no number"]\n[${number + 0.25}]\n`,
    deadlineMs: null,
    judge: orOverloaded((text) => {
      const lines = text.trim().split('\n');
      const [first, bad, last] = lines.map((line) => JSON.parse(line));
      if (typeof bad?.error !== 'string') return `a bad row was answered ${JSON.stringify(bad)}`;
      return same([first.prediction, last.prediction], [Math.fround(number + 1), Math.fround(number + 1.25)]);
    }),
  }),
  slow: () => ({
    kind: 'slow',
    path: infer('slow'),
    body: JSON.stringify({ inputs: [tensor([slowWidth])] }),
    deadlineMs: null,
    judge: orOverloaded((text) => same(JSON.parse(text).outputs[0].data, [slowWidth])),
  }),
  hurried: (_number, random) => {
    const deadlineMs = 5 + Math.floor(random() * 60);
    return {
      kind: 'hurried',
      path: infer('slow'),
      body: JSON.stringify({ parameters: { timeout: deadlineMs * 1000 }, inputs: [tensor([slowWidth])] }),
      deadlineMs,
      judge: orOverloaded((text) => same(JSON.parse(text).outputs[0].data, [slowWidth])),
    };
  },
  poisoned: () => ({
    kind: 'poisoned',
    path: infer('table'),
    body: JSON.stringify({ inputs: [tensor([7], 'INT64')] }),
    deadlineMs: null,
    judge: (status) => (status === 500 || status === 503 ? null : `a row that fails was answered ${status}`),
  }),
  lookup: (number) => ({
    kind: 'lookup',
    path: infer('table'),
    body: JSON.stringify({ inputs: [tensor([number % 3, (number + 1) % 3], 'INT64')] }),
    deadlineMs: null,
    judge: orOverloaded((text) =>
      same(JSON.parse(text).outputs[0].data, [10 + (number % 3), 10 + ((number + 1) % 3)]),
    ),
  }),
  bad: (number) => {
    const [path, body, wanted] = badOnes[number % badOnes.length] ?? badOnes[0];
    return {
      kind: 'bad',
      path,
      body,
      deadlineMs: null,
      judge: (status, text) => {
        if (status !== wanted) return `a bad request was answered ${status} instead of ${wanted}`;
        return typeof JSON.parse(text).error === 'string' ? null : `it was told ${text}`;
      },
    };
  },
};

const badOnes: readonly [BadOne, ...BadOne[]] = [
  [infer('quick'), '{"inputs": [', 400],
  [infer('quick'), '{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":["7"]}]}', 400],
  [infer('quick'), '{"inputs":[{"name":"x","datatype":"INT64","shape":[1,1],"data":[7]}]}', 400],
  [infer('quick'), '{"inputs":[{"name":"x","datatype":"FP32","shape":[2,1],"data":[7]}]}', 400],
  [infer('nobody'), '{"inputs":[]}', 404],
  ['/v2/models/quick/predict', '{"y":[1]}', 400],
];
type BadOne = readonly [path: string, body: string, status: number];

/** A 503 is an answer too: it says come again. */
function orOverloaded(judge: (text: string) => string | null): PlannedRequest['judge'] {
  return (status, text) => {
    if (status === 503) return null;
    if (status !== 200) return `it was answered ${status} ${text.slice(0, 200)}`;
    try {
      return judge(text);
    } catch (cause) {
      throw new RatchetError('INTERNAL', `an answer cannot be read: ${text.slice(0, 200)}`, {}, { cause });
    }
  };
}

function same(came: unknown, wanted: unknown): string | null {
  const [a, b] = [JSON.stringify(came), JSON.stringify(wanted)];
  return a === b ? null : `it was answered ${a} instead of ${b}`;
}
