import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitoringSchema } from '../../domain/config/monitoring.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import {
  declared,
  declaringCommit,
  liveOf,
  moment,
  newRelease,
  wantedOf,
} from '../conformance/serving-subject.js';
import type { GatewayRoom } from './gateway-room.js';
import { registerModel } from './register-model.js';

/** An endpoint that was released twice, and what happened to it. */
export interface ServingWorld {
  readonly name: { readonly project: string; readonly endpoint: string };
  readonly releases: readonly [string, string];
  readonly wanted: WantedRevision;
}

const images = [null, `sha256:${'5'.repeat(64)}`] as const;

/**
 * `web` of a project with a registered model: revision 1 of the stock application, then 2 with code and an image. What
 * nobody wants is not looked at.
 */
export async function servingWorld(
  room: GatewayRoom,
  project: string,
  { http = 'http://127.0.0.1:9', isWanted = true } = {},
): Promise<ServingWorld> {
  const { endpoints, releases, blobs } = room.deps;
  const name = { project, endpoint: 'web' };
  await registerModel(room, project, { card: { purpose: `of ${project}` }, markdown: '# Card' });
  await endpoints.declare(project, declaringCommit, [declared('web', { replicas: 2 })], 'ann');
  const ids: string[] = [];
  let wanted = wantedOf(name, 1);
  for (const [at, imageDigest] of images.entries()) {
    const { release } = await releases.create(newRelease(name, `release-${at + 1}`));
    const commit = at === 0 ? null : 'b'.repeat(40);
    const image = imageDigest === null ? null : { digest: imageDigest, repository: null };
    wanted = { ...wantedOf(name, at + 1, release.id), image };
    await releases.takeTurn(release.id);
    await releases.setResolved(release.id, { commit, modelVersion: 1 });
    const fence = await releases.beginStep({ runId: release.id, name: 'test', attempt: 1, worker: 'w' });
    await releases.putLog(release.id, 'test', await blobs.putBytes(Buffer.from('ok 3 tests\n')));
    await releases.endStep(release.id, 'test', fence, { status: 'succeeded', reason: null });
    if (isWanted) await endpoints.want(wanted, release.id);
    const live = liveOf(wanted, release.id, 1 + at * 10);
    const facts = { applicationCommit: commit, imageDigest, at: { ...live.at, http } };
    await endpoints.recordLive({ ...live, ...facts }, 'ann');
    await releases.setStatus(release.id, 'succeeded', null);
    ids.push(release.id);
  }
  const [first = '', second = ''] = ids;
  return { name, releases: [first, second], wanted };
}

/** A judged window of `web`, with an incident. */
export async function watchedEndpoint(room: GatewayRoom, project: string, id: string): Promise<void> {
  const { watches, blobs } = room.deps;
  const name = { project, endpoint: 'web' };
  const config = monitoringSchema.parse({});
  await watches.declare(project, declaringCommit, [{ endpoint: 'web', config }], 'ann');
  const [from, to] = [moment(0), moment(1)];
  const facts = { ...name, model: 'delay', modelVersion: 1 } as const;
  const window = { line: 'inputs', from, to, rows: 400, verdict: 'fail', judgedAt: moment(2) } as const;
  const told = { verdicts: { 'column:seats': 'fail' }, numbers: { 'column:seats': 0.4 } } as const;
  const because = 'inputs moved, and no loss is seen; moved: seats';
  const sight = { window: { from, to }, kind: 'covariate-drift', because, columns: ['seats'] } as const;
  const opened = { cause: 'model', kind: 'covariate-drift', openedAt: to, sights: [sight] } as const;
  await watches.keep({ ...facts, ...window, ...told, evidence: await blobs.putJson({ project }) }, [
    {
      ...{ ...facts, ...opened, id, quietWindows: 0, asksForRun: false, course: 'no loss is seen' },
      ...{ acknowledgedBy: null, closedAt: null, closedBy: null, closedBecause: null },
    },
  ]);
}

/** Answers `/predict` with what it was sent, until it is told to answer otherwise. */
export async function listenAsEndpoint(): Promise<{
  readonly url: string;
  readonly server: Server;
  answer: { status: number; body: string } | null;
}> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const echo = `{"predictions":${Buffer.concat(chunks).toString()},"path":"${request.url}"}`;
      const { status, body } = listening.answer ?? { status: 200, body: echo };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const listening = {
    ...{ url: `http://127.0.0.1:${port}`, server },
    answer: null as { status: number; body: string } | null,
  };
  return listening;
}
