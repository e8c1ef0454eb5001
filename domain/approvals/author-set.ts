import type { CauseKind } from '../names.js';
import type { AccountRecord, MemberRecord } from '../ports/accounts.js';
import type { Cause } from '../ports/runs.js';
import type { AuthorSet } from './approval.js';

/** A person as Git names them. */
export interface GitPerson {
  readonly name: string;
  readonly email: string;
}

/** Who had a hand in a commit. */
export interface CommitPeople {
  /** 40 hex digits. */
  readonly id: string;
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly coAuthors: readonly GitPerson[];
}

/** Who had a hand in something, as Git tells it. */
export interface Hands {
  /** All commits by which the subject differs from what is in force. */
  readonly commits: readonly CommitPeople[];
  /** Commits that edited the configuration or the policy which judged it. */
  readonly configEdits: readonly CommitPeople[];
  /** What could not be looked at, in words. Whoever is behind it is a stranger. */
  readonly gaps: readonly string[];
}

/** The hands in a version since its champion. */
export interface VersionHands extends Hands {
  /** Commit of the champion that it is compared with; null where there was none. */
  readonly since: string | null;
}

/** Why it was started, or begun anew; `by` is an account where a person did it. */
export interface Start {
  readonly kind: CauseKind;
  readonly by: string | null;
  readonly isResume: boolean;
}

export interface AuthorFacts extends Hands {
  readonly starts: readonly Start[];
  readonly members: readonly Pick<MemberRecord, 'account' | 'emails'>[];
  readonly accounts: readonly Pick<AccountRecord, 'name' | 'kind' | 'email'>[];
}

/** Reasons that are told of one account; a count says how many more there are. */
const mostReasons = 5;
const mostStrangers = 50;

/**
 * Who made what is to be approved. Authors, committers and co-authors become accounts by the addresses of the members
 * and of the accounts themselves. An author or co-author who is no member by either is a stranger, and makes the start a
 * machine's: nobody can say who they are, so more people have to look. A committer nobody knows does not, as services
 * commit for people.
 */
export function authorSet(facts: AuthorFacts): AuthorSet {
  const why = new Map<string, Set<string>>();
  const strangers = new Set(facts.gaps);
  const note = (account: string, reason: string) => {
    why.set(account, (why.get(account) ?? new Set()).add(reason));
  };
  const accountsBy = accountsByEmail(facts);
  const isMember = (name: string) => facts.members.some(({ account }) => account === name);
  for (const [commits, wrote] of [
    [facts.commits, 'wrote'],
    [facts.configEdits, 'edited configuration or policy in'],
  ] as const) {
    for (const commit of commits) {
      for (const { person, part, counts } of peopleOf(commit, wrote)) {
        const accounts = accountsBy.get(person.email.trim().toLowerCase()) ?? [];
        for (const account of accounts) note(account, `${part} ${commit.id.slice(0, 12)}`);
        if (counts && !accounts.some(isMember)) strangers.add(`${person.name} <${person.email}>`);
      }
    }
  }
  for (const { by, isResume } of facts.starts) {
    if (by === null || !facts.accounts.some(({ name }) => name === by)) continue;
    note(by, isResume ? 'resumed the run' : 'started the run');
  }
  return {
    authors: [...why].map(([account, reasons]) => ({ account, why: told(reasons) })).sort(byAccount),
    strangers: shortened([...strangers].sort(), mostStrangers),
    machineStarted: strangers.size > 0 || !facts.starts.some((start) => byAPerson(start, facts.accounts)),
  };
}

export function startsOf(causes: readonly Cause[]): readonly Start[] {
  return causes.map(({ kind, by = null, round }) => ({ kind, by, isResume: round !== undefined }));
}

/** Whoever is in either of two sets of one subject, which was looked at twice. */
export function bothSets(one: AuthorSet, other: AuthorSet): AuthorSet {
  const rest = other.authors.filter(({ account }) => !isAuthor(one, account));
  return {
    authors: [...one.authors, ...rest].sort(byAccount),
    strangers: [...new Set([...one.strangers, ...other.strangers])].sort(),
    machineStarted: one.machineStarted || other.machineStarted,
  };
}

/** What the later of two looks has and the earlier lacks, in words; null where nobody is kept out by it. */
export function newlyFound(earlier: AuthorSet, later: AuthorSet): string | null {
  const more = later.authors.filter(({ account }) => !isAuthor(earlier, account));
  if (more.length > 0) return `${more.map(({ account }) => account).join(', ')} had a hand in it too`;
  return later.machineStarted && !earlier.machineStarted ? 'no person is known to have made all of it' : null;
}

const isAuthor = ({ authors }: AuthorSet, name: string) => authors.some(({ account }) => account === name);

function peopleOf({ author, committer, coAuthors }: CommitPeople, wrote: string) {
  return [
    { person: author, part: wrote, counts: true },
    { person: committer, part: 'committed', counts: false },
    ...coAuthors.map((person) => ({ person, part: `with others ${wrote}`, counts: true })),
  ];
}

function accountsByEmail({ members, accounts }: AuthorFacts): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const own = accounts.map(({ name, email }) => ({ account: name, emails: email === null ? [] : [email] }));
  for (const { account, emails } of [...members, ...own]) {
    for (const email of emails) {
      const key = email.trim().toLowerCase();
      found.set(key, [...(found.get(key) ?? []), account]);
    }
  }
  return found;
}

/**
 * A start counts as a person's only where the account is known to be one: a push, or by hand. Who resumes what a machine
 * started is an author of it, and it stays a machine's.
 */
function byAPerson({ kind, by, isResume }: Start, accounts: AuthorFacts['accounts']): boolean {
  if (isResume || (kind !== 'manual' && kind !== 'push')) return false;
  return accounts.some((account) => account.name === by && account.kind === 'person');
}

const told = (reasons: ReadonlySet<string>) => shortened([...reasons], mostReasons);

function shortened(texts: readonly string[], most: number): readonly string[] {
  return texts.length <= most ? texts : [...texts.slice(0, most), `and ${texts.length - most} more`];
}

const byAccount = (a: { readonly account: string }, b: { readonly account: string }) =>
  a.account < b.account ? -1 : 1;
