import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membersOf } from '../gateway/people.js';
import { openVotingRoom, review, type VotingRoom } from '../gateway/voting-room.js';
import { testStack } from '../setup/stack.js';
import { runCommand } from './run-command.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let voting: VotingRoom;
let project: string;
let tokens: Record<'anna' | 'lisa' | 'omar', string>;
let stateDir: string;
beforeAll(async () => {
  served = await serveGateway();
  voting = await openVotingRoom(served.room);
  project = await served.room.newProject();
  tokens = await membersOf(served.room, project, {
    anna: ['ml-engineer'],
    lisa: ['reviewer'],
    omar: ['reviewer'],
  });
  stateDir = mkdtempSync(join(tmpdir(), 'ratchet-cli-'));
});
afterAll(async () => {
  rmSync(stateDir, { recursive: true, force: true });
  await voting.close();
  await served.close();
});

/** A command line of somebody. */
const as = (token: string | undefined, ...args: string[]) =>
  runCommand([...args, '--state-dir', stateDir], { RATCHET_URL: served.url, RATCHET_TOKEN: token });
const admin = (...args: string[]) => served.ratchet(...args, '--state-dir', stateDir);

describe('accounts and tokens', () => {
  it('a person gets a code, signs in, and is who --as says; the token lies there for them alone', async () => {
    const added = await admin('account', 'add', 'rita');
    const [, code = ''] = /ratchet sign-in --code (\S+)/.exec(added.stdout) ?? [];
    const signedIn = await as(undefined, 'sign-in', '--code', code);
    expect([signedIn.exitCode, signedIn.stdout]).toEqual([0, expect.stringMatching(/^you are rita until /)]);
    const path = join(stateDir, 'tokens', 'rita');
    expect([statSync(path).mode & 0o777, readdirSync(join(stateDir, 'tokens'))]).toEqual([0o600, ['rita']]);
    expect(signedIn.stdout).not.toContain(readFileSync(path, 'utf8').trim());
    for (const args of [['whoami', '--as', 'rita'], ['whoami']]) {
      const { stdout } = await as(undefined, ...args);
      expect(stdout).toMatch(/^account +rita\n/);
      expect(stdout).toContain('no member of any project');
    }
    const codeless = await admin('account', 'add', 'rob', '--no-code');
    expect(codeless.stdout).toBe('rob is there\na code to sign in with: ratchet account code rob\n');
    const again = await as(undefined, 'sign-in', '--code', code);
    expect([again.exitCode, again.stderr]).toEqual([
      2,
      expect.stringMatching(/^UNAUTHENTICATED: the code is none/),
    ]);
  });

  it('without a code says where to get one', async () => {
    const { stdout } = await as(undefined, 'sign-in');
    expect(stdout).toContain(`open ${served.url}/api/v1/sign-in/oidc in a browser`);
  });

  it('--as somebody who did not sign in here is refused, and says who did', async () => {
    const { exitCode, stderr } = await as(undefined, 'whoami', '--as', 'omar');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('there is no token of "omar"')]);
    expect(stderr).toContain('signed in here: rita');
  });

  it('a machine gets a token of an administrator, narrowed, listed and revoked', async () => {
    expect((await admin('account', 'add', 'robot', '--kind', 'machine')).stdout).toContain(
      'ratchet token create',
    );
    const made = await admin(
      'token',
      'create',
      '--account',
      'robot',
      '--label',
      'nightly',
      '--scopes',
      'read,run',
      '--json',
    );
    const { id, token } = made.json;
    expect((await as(token, 'whoami')).stdout).toMatch(/token may +read, run\n/);
    expect((await admin('token', 'list', '--account', 'robot')).stdout).toMatch(
      new RegExp(`\\n${id} +nightly +issued +read, run +all `),
    );
    expect((await admin('token', 'revoke', id, '--account', 'robot')).stdout).toBe(`${id} is revoked\n`);
    expect((await as(token, 'whoami')).exitCode).toBe(2);
  });

  it('are listed, and turned off', async () => {
    expect((await admin('account', 'disable', 'robot')).stdout).toBe('robot is disabled\n');
    const { stdout } = await admin('account', 'list');
    expect(stdout).toMatch(/\nrobot +machine +- +no +\d+ s ago/);
    expect((await admin('account', 'code', 'rita')).stdout).toContain('ratchet sign-in --code setup-');
    expect((await as(tokens.lisa, 'account', 'list')).exitCode).toBe(3);
  });

  it('members are shown with the commit that says so', async () => {
    const { stdout } = await as(tokens.lisa, 'member', 'list', project);
    expect(stdout).toMatch(/\nanna +ml-engineer +anna@example.org +cccccccccccc\n/);
  });
});

describe('approvals', () => {
  it('are listed, shown, voted on and decided; a second vote is refused with 3', async () => {
    const { approval } = await voting.open(project);
    const name = `${project}/${approval.subject}`;
    expect((await as(tokens.lisa, 'approval', 'list', '--status', 'open')).stdout).toContain(`${name}/1`);
    const { stdout } = await as(tokens.lisa, 'approval', 'show', name);
    expect(stdout).toContain(
      `${project}/delay@${approval.subject.split('@')[1]} has no champion to be compared with`,
    );
    expect(stdout).toMatch(/\non test +value\nrecall +0\.05\n/);
    expect(stdout).toMatch(/\nworst slices +recall\ncarrier = AA +0\.05\n/);
    expect(stdout).toMatch(/\nreview +open +reviewer +2 /);
    expect(stdout).toContain('whose vote counts now: lisa, omar\n');
    expect(stdout.split('\n').length).toBeLessThan(45);
    const full = await as(tokens.lisa, 'approval', 'show', name, '--full');
    expect(full.stdout).toContain('compared with nothing: there is no champion');
    expect(full.stdout).toMatch(/\ninput seats +- +float32\[-1, 1\]\n/);
    expect(stdout).toContain(`you may vote: lisa: as reviewer of ${project}`);
    const first = await as(tokens.lisa, 'approval', 'vote', name, 'approve', '--reason', 'looked at it');
    expect([first.exitCode, first.stdout]).toEqual([
      0,
      expect.stringMatching(/^vote \S+ is counted; the approval is open\n/),
    ]);
    const twice = await as(tokens.lisa, 'approval', 'vote', name, 'approve', '--reason', 'again');
    expect([twice.exitCode, twice.stderr]).toEqual([3, expect.stringContaining('lisa has voted already')]);
    const last = await as(tokens.omar, 'approval', 'vote', approval.id, 'approve', '--reason', 'fine');
    expect(last.stdout).toContain('the approval is approved');
  });

  it('an author is refused with 3 and the reason', async () => {
    const authorSet = {
      authors: [{ account: 'lisa', why: ['wrote 0123456789ab'] }],
      strangers: [],
      machineStarted: false,
    };
    const { approval } = await voting.open(project, { authorSet });
    const name = `${project}/${approval.subject}`;
    const { exitCode, stderr } = await as(
      tokens.lisa,
      'approval',
      'vote',
      name,
      'approve',
      '--reason',
      'mine',
    );
    expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/^VOTE_REFUSED: .*wrote 0123456789ab\n$/)]);
    expect((await as(tokens.lisa, 'approval', 'show', name)).stdout).toContain(
      'you may not vote: lisa: lisa made',
    );
  });

  it('--print-signal prints a command that a shell takes, and whose vote counts once it is run', async () => {
    const { approval } = await voting.open(project, { stages: [{ ...review, quorum: 1 }] });
    const vote = ['approval', 'vote', approval.id, 'approve', '--reason', 'by signal', '--print-signal'];
    const { stdout } = await as(tokens.lisa, ...vote);
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${stdout.trim()}`], { encoding: 'utf8' })
      .trim()
      .split('\n');
    const [stored] = await served.room.deps.approvals.votes(approval.id);
    expect(words).toEqual([
      'temporal',
      'workflow',
      'signal',
      '--workflow-id',
      approval.id,
      '--name',
      'vote',
      '--input',
      `"${stored?.id}"`,
      '--namespace',
      testStack().config.temporal.namespace,
    ]);
    expect(stored?.status).toBe('pending');
  });

  it('are withdrawn, and votes delegated and taken back', async () => {
    const { approval } = await voting.open(project);
    const name = `${project}/${approval.subject}`;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const made = await as(tokens.lisa, 'approval', 'delegate', project, '--to', 'omar', '--until', until);
    const [, id = ''] = /--end (\S+)/.exec(made.stdout) ?? [];
    expect((await as(tokens.omar, 'approval', 'show', name)).stdout).toContain('in the place of: lisa');
    expect((await as(tokens.lisa, 'approval', 'delegate', project, '--end', id)).stdout).toContain('is over');
    expect((await as(tokens.lisa, 'approval', 'delegate', project)).stdout).toMatch(
      new RegExp(`\\n${id} +lisa +omar`),
    );
    const end = await as(tokens.anna, 'approval', 'withdraw', name, '--reason', 'a newer one comes');
    expect(end.stdout).toBe(`${approval.id} is withdrawn: withdrawn by anna: a newer one comes\n`);
  });
});

describe('versions', () => {
  it('are compared, retired, and their history and what was live told', async () => {
    const [one, two] = [await voting.open(project), await voting.open(project)];
    const name = ({ approval }: typeof one) => `${project}/${approval.subject}`;
    const diff = await as(tokens.lisa, 'model', 'diff', name(one), name(two));
    expect(diff.stdout).toMatch(/\nrecall +\S+ +\S+ \*\n/);
    const retired = await as(tokens.anna, 'model', 'retire', name(one), '--reason', 'leaked');
    expect(retired.stdout).toBe(`${name(one)} is retired\n`);
    const { stdout } = await as(tokens.lisa, 'model', 'history', `${project}/delay`);
    expect(stdout).toMatch(/\n +\d+ +registered +retired +anna .*leaked\n/);
    const live = await as(tokens.lisa, 'model', 'live-at', `${project}/delay`, '2026-01-01');
    expect(live.stdout).toBe('nothing was live at 2026-01-01T00:00:00.000Z\n');
    const when = await as(tokens.lisa, 'model', 'live-at', `${project}/delay`, 'yesterday');
    expect([when.exitCode, when.stderr]).toEqual([
      2,
      expect.stringContaining('allowed is a time with its zone, such as 2026-12-24T00:00:00Z'),
    ]);
    const back = await as(tokens.anna, 'model', 'promote', `${project}/delay`, '--rollback');
    expect([back.exitCode, back.stderr]).toEqual([3, expect.stringMatching(/^PROMOTION_REFUSED: /)]);
    const explained = await as(tokens.lisa, 'policy', 'explain', name(two));
    expect([explained.exitCode, explained.stderr]).toEqual([
      4,
      expect.stringContaining('no policy has judged'),
    ]);
    expect((await as(tokens.lisa, 'model', 'promote', name(two))).exitCode).toBe(3);
  });
});

describe('the audit', () => {
  it('is listed, verified and exported', async () => {
    const { stdout } = await as(tokens.lisa, 'audit', 'list', '--project', project, '--action', 'vote.cast');
    expect(stdout).toContain('vote.cast');
    expect((await as(tokens.lisa, 'audit', 'verify')).stdout).toMatch(/\nintact +yes\n$/);
    const file = join(stateDir, 'audit.jsonl');
    expect((await admin('audit', 'export', '--out', file)).exitCode).toBe(0);
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(rows[0] ?? '')).toMatchObject({ seq: 1, previous: '0'.repeat(64) });
    const printed = await as(tokens.lisa, 'audit', 'export', '--project', project);
    expect(printed.stdout.split('\n').length).toBeGreaterThan(10);
    expect((await as(tokens.lisa, 'audit', 'export')).exitCode).toBe(3);
  });
});
