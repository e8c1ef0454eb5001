import { fileURLToPath } from 'node:url';
import {
  credentials,
  type GrpcObject,
  loadPackageDefinition,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { z } from 'zod';
import { tell, tellShell } from './narrator.js';

/** Flights as airlines name them: what the serving application of the example asks for. */
const flights = [
  { carrier: 'UA', origin: 'EWR', destination: 'ORD', departure: '2013-03-31T18:30', distanceMiles: 719 },
  {
    carrier: 'B6',
    origin: 'JFK',
    destination: 'BOS',
    departure: '2013-04-01T06:05',
    distanceMiles: 187,
    windMph: 32,
    visibilityMiles: 1.5,
    planeLastDelay: 47,
  },
] as const;

/** The demo plays in the time of the flights: a request without it would be one of today. */
const askedAt = '2013-03-31T20:00:00Z';

/** The first of them, by the columns that the model reads; what is not known of it is missing. */
const columns: Readonly<Record<string, number | string>> = {
  distance: 719,
  sched_min: 18 * 60 + 30,
  dow: 7,
  carrier: 'UA',
  origin: 'EWR',
  dest: 'ORD',
};

/** Asks an endpoint for flights over HTTP, as rows and as a stream. */
export async function askOverHttp(http: string): Promise<void> {
  const header = `-H 'x-ratchet-event-at: ${askedAt}'`;
  tellShell(`curl ${http}/predict ${header} -d '${JSON.stringify(flights.slice(0, 1))}'`);
  tell((await post(`${http}/predict`, 'application/json', JSON.stringify(flights.slice(0, 1)))).trimEnd());
  tellShell(
    `curl -T flights.ndjson -X POST ${header} -H 'content-type: application/x-ndjson' ${http}/predict`,
  );
  const lines = flights.map((flight) => `${JSON.stringify(flight)}\n`).join('');
  for (const line of (await post(`${http}/predict`, 'application/x-ndjson', lines)).trimEnd().split('\n'))
    tell(line);
}

async function post(url: string, type: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, 'x-ratchet-event-at': askedAt },
    body,
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status} ${text}`);
  return text;
}

/** Asks the model itself over gRPC, by the columns that it reads. */
export async function askOverGrpc(grpc: string, model: string): Promise<void> {
  const proto = fileURLToPath(new URL('../../serving/grpc/protos/inference.proto', import.meta.url));
  const loaded = loadPackageDefinition(loadSync(proto, { keepCase: true, defaults: true, longs: String }));
  const Client = (loaded['inference'] as GrpcObject)['GRPCInferenceService'] as ServiceClientConstructor;
  const client = new Client(grpc, credentials.createInsecure());
  const call = (method: string, message: object) =>
    new Promise<unknown>((resolve, reject) => {
      const made = (client as unknown as Record<string, (m: object, end: Ended) => void>)[method];
      made?.call(client, message, (error, answer) => (error === null ? resolve(answer) : reject(error)));
    });
  try {
    const { inputs } = metadataShape.parse(await call('ModelMetadata', { name: model }));
    tellShell(
      `grpcurl -plaintext -proto inference.proto -d @ ${grpc} inference.GRPCInferenceService/ModelInfer`,
    );
    const answer = answerShape.parse(
      await call('ModelInfer', {
        model_name: model,
        inputs: inputs.map(tensorOf),
        parameters: { event_at: { string_param: askedAt } },
      }),
    );
    const outputs = answer.outputs.map(({ name, contents }) => `${name} ${valuesOf(contents).join(', ')}`);
    tell(`${answer.model_name} version ${answer.model_version}: ${outputs.join('; ')}`);
    tell(`recorded as ${answer.parameters.prediction_id.string_param}`);
  } finally {
    client.close();
  }
}

type Ended = (error: Error | null, answer: unknown) => void;

const metadataShape = z.object({
  inputs: z.array(z.object({ name: z.string(), datatype: z.enum(['FP32', 'BYTES']) })),
});
const answerShape = z.object({
  model_name: z.string(),
  model_version: z.string(),
  parameters: z.object({ prediction_id: z.object({ string_param: z.uuid() }) }),
  outputs: z.array(
    z.object({
      name: z.string(),
      contents: z.object({ fp32_contents: z.array(z.number()), int64_contents: z.array(z.string()) }),
    }),
  ),
});

type Contents = z.infer<typeof answerShape>['outputs'][number]['contents'];
const valuesOf = ({ fp32_contents, int64_contents }: Contents) => [...fp32_contents, ...int64_contents];

function tensorOf({ name, datatype }: z.infer<typeof metadataShape>['inputs'][number]) {
  const value = columns[name];
  const contents =
    datatype === 'BYTES'
      ? { bytes_contents: [Buffer.from(String(value ?? ''))] }
      : { fp32_contents: [typeof value === 'number' ? value : Number.NaN] };
  return { name, datatype, shape: ['1', '1'], contents };
}
