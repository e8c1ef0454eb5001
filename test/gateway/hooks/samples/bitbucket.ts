/** Payloads with the fields of support.atlassian.com, "Event payloads" of Bitbucket Cloud. */
const repository = {
  type: 'repository',
  full_name: 'acme/flights',
  workspace: { type: 'workspace', slug: 'acme', uuid: '{c040300a-e69d-4a13-87c2-21e1dfa7c7d2}' },
  name: 'flights',
  uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}',
  scm: 'git',
  is_private: true,
  links: {
    self: { href: 'https://api.bitbucket.org/2.0/repositories/acme/flights' },
    html: { href: 'https://bitbucket.org/acme/flights' },
    avatar: { href: 'https://bytebucket.org/ravatar/1' },
  },
};
const actor = { type: 'user', nickname: 'lisa', display_name: 'Lisa Doe', uuid: '{1}' };

/** A branch or a tag as it was or is. */
const side = (type: string, name: string, letter: string) => ({
  type,
  name,
  target: {
    type: 'commit',
    hash: letter.repeat(40),
    author: actor,
    message: 'Train on more weather\n',
    date: '2026-02-28T21:10:00+00:00',
    parents: [{ type: 'commit', hash: 'c'.repeat(40) }],
  },
});

type Side = ReturnType<typeof side> | null;
const change = (old: Side, now: Side) => ({
  new: now,
  old,
  created: old === null,
  closed: now === null,
  forced: false,
  truncated: false,
  commits: [{ hash: 'a'.repeat(40), type: 'commit', message: 'Train on more weather\n', author: actor }],
});
const pushOf = (...changes: ReturnType<typeof change>[]) => ({ actor, repository, push: { changes } });

export const bitbucketPush = pushOf(change(side('branch', 'main', 'b'), side('branch', 'main', 'a')));
export const bitbucketCreated = pushOf(change(null, side('branch', 'weather', 'a')));
export const bitbucketDeleted = pushOf(change(side('branch', 'weather', 'b'), null));
export const bitbucketTag = pushOf(change(null, side('tag', 'v1.0.0', 'a')));
/** One push that moved two branches and a tag. */
export const bitbucketMany = pushOf(
  change(null, side('tag', 'v1.0.0', 'a')),
  change(side('branch', 'main', 'b'), side('branch', 'main', 'a')),
  change(null, side('branch', 'weather', 'd')),
);
export const bitbucketManyBranches = (count: number) =>
  pushOf(...Array.from({ length: count }, (_, at) => change(null, side('branch', `mirror-${at}`, 'a'))));
export const bitbucketPullRequest = {
  actor,
  repository,
  pullrequest: { id: 7, title: 'Weather', source: { branch: { name: 'weather' } } },
};
