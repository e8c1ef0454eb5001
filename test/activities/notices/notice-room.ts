import { createConnectOut } from '../../../activities/adapters/egress/connect-out.js';
import { createEgress } from '../../../activities/adapters/egress/create-egress.js';
import { createEgressRules } from '../../../activities/adapters/egress/egress-rules.js';
import { createCarriers } from '../../../activities/adapters/notifiers/create-carriers.js';
import { deliverLetters } from '../../../activities/notices/deliver-letters.js';
import type { NoticeDeps } from '../../../activities/notices/deps.js';
import { projectConfig } from '../../../domain/config/project.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Letter, LetterAttempt, Outbox } from '../../../domain/ports/outbox.js';
import { createMemoryAccounts } from '../../fakes/stores/memory-accounts.js';
import { createMemoryOutbox } from '../../fakes/stores/memory-outbox.js';
import { createMemoryProjects } from '../../fakes/stores/memory-projects.js';
import { createMemoryState } from '../../fakes/stores/memory-state.js';
import { certificate, names } from '../adapters/egress/local-server.js';
import { notice } from '../adapters/notifiers/errand.js';

export interface NoticeRoom {
  readonly deps: NoticeDeps;
  readonly outbox: Outbox;
  readonly secrets: Map<string, string>;
  /** Time, in milliseconds since 1970; it stands still until it is moved. */
  clock: number;
  /** Puts a notice of a model for targets. */
  put(key: string, targets: readonly string[], model?: string | null): Promise<void>;
  deliver(): Promise<string | null>;
  letter(key: string, target?: string): Promise<Letter>;
  attempts(key: string, target?: string): Promise<readonly LetterAttempt[]>;
}

const targets = {
  ops: { kind: 'webhook', url: 'secret://ops-url', secret: 'secret://ops-key' },
  other: { kind: 'webhook', url: 'secret://other-url', secret: 'secret://ops-key' },
  channel: { kind: 'slack', url: 'secret://channel-url' },
  mail: { kind: 'mail', server: 'secret://mail-server', from: 'ratchet@example.org' },
  status: { kind: 'commit-status', host: 'gitea', token: 'secret://token', api: 'http://127.0.0.1:1/api/v1' },
} as const;

/** A project with a target of each kind, carriers that may reach loopback, and a clock that stands still. */
export async function noticeRoom(change: Partial<NoticeDeps> = {}): Promise<NoticeRoom> {
  const secrets = new Map<string, string>();
  const state = createMemoryState();
  const projects = createMemoryProjects(state);
  const at = { clock: Date.parse('2026-01-02T03:04:05.000Z') };
  const now = () => at.clock;
  const config = projectConfig({
    version: 1,
    project: 'p',
    models: [{ name: 'm', path: 'm' }],
    sources: {},
    notifications: targets,
  });
  await projects.put({
    name: 'p',
    repo: 'https://127.0.0.1/o/n',
    ref: 'main',
    commit: 'a'.repeat(40),
    config,
  });
  const outbox = createMemoryOutbox(state, now);
  const rules = createEgressRules({ allow: ['127.0.0.1', 'mail.example'], ports: [443] });
  const connect = createConnectOut(rules, names({ 'mail.example': ['127.0.0.1'] }));
  const mail = { connect, mayBePlain: rules.isListed, ca: certificate, log: () => undefined };
  const read = async (name: string) => {
    const value = secrets.get(name);
    if (value !== undefined) return value;
    throw new RatchetError('SECRET_MISSING', `the secret "${name}" has no value here`);
  };
  const deps: NoticeDeps = {
    accounts: createMemoryAccounts(state),
    carriers: createCarriers(createEgress({ rules }), mail, now),
    outbox,
    projects,
    secrets: { read },
    now,
    ...change,
  };
  const letter = async (key: string, target?: string) => {
    const all = await outbox.list({ project: 'p' });
    const found = all.find(
      (one) => one.notice.key === key && (target === undefined || one.target === target),
    );
    if (found === undefined) throw new Error(`there is no letter ${key}`);
    return found;
  };
  return Object.assign(at, {
    deps,
    outbox,
    secrets,
    put: async (key: string, to: readonly string[], model: string | null = 'm') =>
      await deps.outbox.put(notice({ key, model, title: key }), to),
    deliver: async () => (await deliverLetters(deps, new AbortController().signal)).nextAt,
    letter,
    attempts: async (key: string, target?: string) => await outbox.attempts((await letter(key, target)).id),
  });
}
