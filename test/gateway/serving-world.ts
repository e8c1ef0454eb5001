import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import { declared, declaringCommit, liveOf, newRelease, wantedOf } from '../conformance/serving-subject.js';
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
