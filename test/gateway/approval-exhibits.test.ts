import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalExhibits } from '../../domain/approvals/approval.js';
import type { GovernedParts, PartsInForce } from '../../domain/changes/governed-parts.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { createApp } from '../../gateway/app.js';
import { runCommand } from '../cli/run-command.js';
import { type ServedGateway, serveGateway } from '../cli/served-gateway.js';
import { digestOf } from '../conformance/dataset-manifest.js';
import { type GatewayRoom, settings } from './gateway-room.js';
import { membersOf } from './people.js';
import { registerVersion } from './register-version.js';
import { review } from './voting-room.js';

let served: ServedGateway;
let room: GatewayRoom;
let project: string;
let lisa: string;
let versions: readonly ModelVersionRecord[];
beforeAll(async () => {
  served = await serveGateway();
  room = served.room;
  project = await room.newProject();
  ({ lisa } = await membersOf(room, project, {
    lisa: ['reviewer'],
    omar: ['reviewer'],
    dana: ['data-scientist'],
  }));
  const [one, two] = [
    await registerVersion(room, project, { letter: '1', recall: 0.5 }),
    await registerVersion(room, project, { letter: '2', recall: 0.7 }),
  ];
  versions = [one, two];
});
afterAll(() => served.close());

const lisaIs = { account: 'lisa', roles: ['reviewer'], emails: ['lisa@example.org'] } as const;
const inForce: PartsInForce = {
  commit: 'a'.repeat(40),
  governed: { members: [lisaIs], changes: null, sources: {}, policies: {} },
};
const wanted: GovernedParts = {
  ...inForce.governed,
  members: [{ ...lisaIs, roles: ['admin', 'reviewer'] }],
};

async function open(
  kind: 'promotion' | 'change',
  subject: string,
  digests: { policy: string; change?: string },
  exhibits?: ApprovalExhibits,
): Promise<string> {
  const authorSet = {
    authors: [{ account: 'omar', why: ['wrote it'] }],
    strangers: [],
    machineStarted: false,
  };
  const asked = { project, kind, subject, round: 1, digests, stages: [review], authorSet } as const;
  await room.deps.approvals.open({ ...asked, requestedBy: 'anna', ...(exhibits ? { exhibits } : {}) });
  return `/api/v1/approvals/${project}/${subject}/1`;
}
const show = (path: string) => room.ask('get', path, { token: lisa });
const printed = async (subject: string) => {
  const args = ['approval', 'show', `${project}/${subject}`];
  return (await runCommand(args, { RATCHET_URL: served.url, RATCHET_TOKEN: lisa })).stdout;
};

/** A change of the project as it is asked about. */
async function openChange(letter: string, changes: { readonly digest?: string } = {}): Promise<string> {
  const { blobs } = room.deps;
  const [before, after] = [await blobs.putJson(inForce), await blobs.putJson(wanted)];
  const digests = { policy: before.sha256, change: changes.digest ?? after.sha256 };
  return open('change', `change@${letter.repeat(40)}`, digests, { inForce: before, wanted: after });
}

describe('a change of the project', () => {
  it('is shown with every line that differs, of exactly what the votes are about', async () => {
    const { body } = await show(await openChange('b'));
    expect(body.change).toEqual({
      commit: 'b'.repeat(40),
      follows: 'a'.repeat(40),
      differences: [
        {
          part: 'members',
          name: 'lisa',
          kind: 'changed',
          before: lisaIs,
          after: wanted.members[0],
          diff: expect.stringContaining('\n+  - admin\n'),
        },
      ],
    });
    expect([body.diff, body.code, body.voters]).toEqual([null, null, ['lisa']]);
    const text = await printed(`change@${'b'.repeat(40)}`);
    expect(text).toContain(
      `\n${'b'.repeat(40)} compared with ${'a'.repeat(40)}, which it follows\n\nmember lisa: changed\n`,
    );
    expect(text).toContain('\n  +  - admin\n');
  });

  it('is not shown where what is kept is not what the votes are about', async () => {
    const { status, body } = await show(await openChange('c', { digest: digestOf('f') }));
    expect([status, body.error.code]).toEqual([500, 'BLOB_CORRUPT']);
  });

  it('of before it was kept is shown without', async () => {
    const subject = `change@${'d'.repeat(40)}`;
    const path = await open('change', subject, { policy: digestOf('a'), change: digestOf('b') });
    const { body } = await show(path);
    expect(body.change).toEqual({ commit: 'd'.repeat(40), follows: null, differences: null });
    expect(await printed(subject)).toContain(
      `what it changes was not kept when people were asked; the commit says it: ${'d'.repeat(40)}`,
    );
  });
});

describe('the code of a version', () => {
  it('is shown by file and lines, with the command that shows it', async () => {
    const files = Array.from({ length: 20 }, (_, at) => ({ path: `train/${at}.py`, added: at, removed: 1 }));
    const kept = {
      from: '1'.repeat(40),
      to: '2'.repeat(40),
      files: [{ path: 'logo\u001b.png', added: null, removed: null }, ...files],
      total: { files: 21, added: 190, removed: 20 },
      gap: null,
    };
    const code = await room.deps.blobs.putJson(kept);
    const { body } = await show(await open('promotion', 'delay@2', { policy: digestOf('a') }, { code }));
    expect(body.code).toEqual({ ...kept, repo: `/repositories/${project}` });
    const text = await printed('delay@2');
    expect(text).toMatch(/\nlogo\\x1b\.png +not text +not text\n/);
    expect(text).toMatch(/\ntrain\/13\.py +13 +1\nand 6 more\n21 files, 190 lines added, 20 removed\n/);
    expect(text).toContain(
      `\nin a clone of /repositories/${project}: git diff ${'1'.repeat(40)}..${'2'.repeat(40)} -- <path>\n`,
    );
  });
});

describe('the champion that a version is compared with', () => {
  it('is the one of when people were asked, once that is decided', async () => {
    const path = await open('promotion', 'delay@1', { policy: digestOf('a') });
    const { champions } = room.deps;
    const [one, two] = versions;
    const before = { version: two, since: '', until: null, replaced: null, approval: null, by: 'x' };
    const app = createApp(
      {
        ...room.deps,
        metrics: new Registry(),
        champions: {
          ...champions,
          champion: async () => one,
          liveAt: async () => (two ? { ...before, version: two } : undefined),
        },
      },
      settings,
    );
    const fromOf = async () => {
      const headers = { host: 'localhost', authorization: `Bearer ${lisa}` };
      return ((await (await app.request(path, { headers })).json()) as { diff: { from: number | null } }).diff
        .from;
    };
    expect(await fromOf()).toBeNull();
    await room.deps.approvals.end(`approval/${project}/delay@1/1`, 'approved', 'by lisa');
    expect(await fromOf()).toBe(2);
  });
});
