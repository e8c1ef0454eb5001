import { createHash, randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import type { ApprovalDeps } from '../../activities/approvals/deps.js';
import { mergedPolicyOf } from '../../activities/approvals/merged-policy.js';
import { settleVotes } from '../../activities/approvals/settle-votes.js';
import { applyRepository } from '../../activities/projects/apply-repository.js';
import { createChangeDigests } from '../../activities/projects/change-digests.js';
import type { ChangeDeps } from '../../activities/projects/deps.js';
import { putChange } from '../../activities/projects/put-change.js';
import type { CommitPeople } from '../../domain/approvals/author-set.js';
import type { AppliedProject, ApplyProjectInput } from '../../domain/lifecycle/apply-project.js';
import type { PutChange } from '../../domain/lifecycle/change-project.js';
import { payloadTypes, type SigningKey } from '../../domain/signing/envelope.js';
import type { VoteDecision } from '../../domain/signing/vote-statement.js';
import { generateKeyPair } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { createVerifier } from '../../trust/verifier.js';
import { projectFiles } from '../activities/data/small-project.js';
import { createMemoryGit, type MemoryTree } from '../fakes/memory-git.js';

export type ChangesStores = Omit<ChangeDeps, 'git' | 'verifier'> & {
  readonly putSigningKey: (key: SigningKey) => Promise<void>;
  /** A name that no other project has. */
  readonly project: string;
};

/** What a commit makes another in the repository of the room. */
export interface Edit {
  /** Keys of ratchet.project.yaml; undefined takes one away. */
  readonly file?: Readonly<Record<string, unknown>>;
  /** The model's policy.yaml; null takes it away. */
  readonly policy?: object | null;
  /** Other files; null takes one away. */
  readonly others?: Readonly<Record<string, unknown>>;
}

const people = ['ann', 'bob', 'cy', 'mallory', 'ada'] as const;
export type Person = (typeof people)[number];
const pair = generateKeyPair();
const signer = createLocalSigner(pair.privateKey);

export const memberNamed = (name: string, ...roles: string[]) => ({
  name,
  roles: roles.length === 0 ? ['reviewer'] : roles,
  emails: [`${name}@example.org`],
});
/** Three may approve changes; mallory is nobody, and ada administers. */
export const team = [memberNamed('ann'), memberNamed('bob'), memberNamed('cy')];

/** Every version of every model is this one. */
const oneVersion = {
  get: async () => ({ file: { sha256: 'e'.repeat(64) }, evaluationId: 'one' }),
  evaluation: async () => ({ datasetDigest: 'd'.repeat(64) }),
} as unknown as ApprovalDeps['registry'];

/** One repository whose history is a line, people who commit to it, and the stores of a platform. */
export class ChangesRoom {
  readonly deps: ApprovalDeps & ChangeDeps;
  readonly repo: string;
  readonly project: string;
  readonly trees: Record<string, MemoryTree> = {};
  readonly #line: (CommitPeople & { readonly files: readonly string[] })[] = [];
  #files: Record<string, unknown>;

  constructor(stores: ChangesStores) {
    this.project = stores.project;
    this.repo = `/repositories/${stores.project}`;
    this.#files = projectFiles();
    this.#edit({ file: { project: stores.project } });
    const git = createMemoryGit(this.trees, async (_, { from, to, touching }) => {
      const at = (id: string | null) => this.#line.findIndex((commit) => commit.id === id);
      const [first, last] = [at(from), at(to)].sort((a, b) => a - b);
      const between = this.#line.slice((first ?? -1) + 1, (last ?? -1) + 1);
      const isMeant = (file: string) =>
        touching?.files.includes(file.split('/').at(-1) ?? '') ||
        touching?.folders?.some((folder) => file.startsWith(`${folder}/`));
      return between.filter(({ files }) => touching === undefined || files.some(isMeant));
    });
    const parts = { ...stores, git, verifier: createVerifier(), tell: async () => undefined };
    const changeDigests = createChangeDigests(stores);
    const mergedPolicy: ApprovalDeps['mergedPolicy'] = (project, model) =>
      mergedPolicyOf(stores.policies, project, model);
    this.deps = { ...parts, changeDigests, mergedPolicy, registry: oneVersion };
  }

  static async open(stores: ChangesStores): Promise<ChangesRoom> {
    const known = (await stores.accounts.list()).map(({ name }) => name);
    for (const name of people.filter((person) => !known.includes(person))) {
      await stores.accounts.create({ name, kind: 'person', email: null, admin: name === 'ada' });
    }
    const dates = { notBefore: '2020-01-01T00:00:00Z', notAfter: null, revokedAt: null };
    await stores.putSigningKey({ ...pair, ...dates });
    return new ChangesRoom(stores);
  }

  /** The next commit of the line. */
  commit(author: string, edit: Edit): string {
    this.#edit(edit);
    const person = { name: author, email: `${author}@example.org` };
    const id = createHash('sha1').update(`${this.project} ${this.#line.length}`).digest('hex');
    const touched = Object.keys(edit.others ?? {});
    if (edit.file) touched.push('ratchet.project.yaml');
    if (edit.policy !== undefined) touched.push('models/late/policy.yaml');
    this.#line.push({ id, author: person, committer: person, coAuthors: [], files: touched });
    const files = Object.entries(this.#files).filter(([, content]) => content !== null);
    const texts = files.map(([path, content]) => [
      path,
      typeof content === 'string' ? content : stringify(content),
    ]);
    this.trees[id] = Object.fromEntries(texts);
    return id;
  }

  apply(
    commit: string,
    by: Person | null = 'cy',
    changes: Partial<ApplyProjectInput> = {},
  ): Promise<AppliedProject> {
    const input = { repo: this.repo, ref: commit, ...(by === null ? {} : { by }) };
    return applyRepository(this.deps, { ...input, ...changes });
  }

  /** What an applied change is asked about. */
  async asked(author: string, edit: Edit, by: Person = 'cy'): Promise<string> {
    const { change } = await this.apply(this.commit(author, edit), by);
    if (change === null) throw new Error('nobody was asked');
    return change.approval;
  }

  /** Casts a vote as the gateway does, and counts; what became of it, and of the approval. */
  async vote(approval: string, approver: Person, decision: VoteDecision = 'approve') {
    const { round, digests } = await this.deps.approvals.get(approval);
    const id = randomUUID();
    const statement = {
      type: 'https://ratchet.dev/vote/v1',
      approval,
      round,
      approver,
      onBehalfOf: null,
      decision,
      reason: '',
      method: 'issued',
      digests,
      issuedAt: new Date(Date.now() - 1000).toISOString(),
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      nonce: id,
    };
    const envelope = await signer.sign(payloadTypes.vote, statement);
    await this.deps.approvals.putVote({
      id,
      approval,
      approver,
      onBehalfOf: null,
      decision,
      reason: '',
      envelope,
    });
    const settled = await settleVotes(this.deps, { approval, updates: [id], signals: [] });
    return { outcome: settled.outcome, refusal: settled.answers[id]?.refusal ?? null };
  }

  put(approval: string): Promise<PutChange> {
    return putChange(this.deps, { approval });
  }

  async inForce() {
    const { config, commit } = await this.deps.projects.get(this.project);
    const members = await this.deps.accounts.members(this.project);
    const policy = await this.deps.policies.inForce(this.project, 'late');
    return {
      commit,
      models: config.models.map(({ name }) => name),
      asks: config.changes !== undefined,
      sources: Object.keys(config.sources).sort(),
      members: members.map(({ account, roles }) => `${account}: ${roles.join(' ')}`),
      policy: policy?.policy.description ?? null,
    };
  }

  #edit({ file = {}, policy, others = {} }: Edit): void {
    const before = this.#files['ratchet.project.yaml'] as Record<string, unknown>;
    const entries = Object.entries({ ...before, ...file }).filter(([, value]) => value !== undefined);
    this.#files = { ...this.#files, ...others, 'ratchet.project.yaml': Object.fromEntries(entries) };
    if (policy === null) delete this.#files['models/late/policy.yaml'];
    else if (policy) this.#files['models/late/policy.yaml'] = { version: 1, ...policy };
  }
}
