/** Payloads with the fields of docs.gitea.com, "Webhooks". */
const owner = { id: 1, login: 'acme', full_name: 'Acme', email: 'acme@example.org', username: 'acme' };
const repository = {
  id: 140,
  owner,
  name: 'flights',
  full_name: 'acme/flights',
  description: '',
  private: true,
  fork: false,
  html_url: 'https://gitea.example.org/acme/flights',
  ssh_url: 'ssh://git@gitea.example.org:2222/acme/flights.git',
  clone_url: 'https://gitea.example.org/acme/flights.git',
  website: '',
  stars_count: 0,
  forks_count: 1,
  default_branch: 'main',
};

export const giteaPush = {
  ref: 'refs/heads/main',
  before: 'b'.repeat(40),
  after: 'a'.repeat(40),
  compare_url: 'https://gitea.example.org/acme/flights/compare/bbbb...aaaa',
  commits: [
    {
      id: 'a'.repeat(40),
      message: 'Train on more weather\n',
      url: `https://gitea.example.org/acme/flights/commit/${'a'.repeat(40)}`,
      author: { name: 'Lisa Doe', email: 'lisa@example.org', username: 'lisa' },
      committer: { name: 'Lisa Doe', email: 'lisa@example.org', username: 'lisa' },
      timestamp: '2026-02-28T22:10:00+01:00',
    },
  ],
  repository,
  pusher: owner,
  sender: owner,
};

export const giteaPullRequest = {
  action: 'opened',
  number: 7,
  pull_request: {
    id: 7,
    head: { ref: 'weather', repo: { ...repository, fork: true } },
    base: { ref: 'main' },
  },
  repository,
  sender: owner,
};

/** Gitea sends the headers of GitHub and of Gogs beside its own. */
export const giteaHeaders = (event: string, id: string) => ({
  'x-gitea-delivery': id,
  'x-gitea-event': event,
  'x-gitea-event-type': event,
  'x-gogs-delivery': id,
  'x-gogs-event': event,
  'x-github-delivery': id,
  'x-github-event': event,
});
