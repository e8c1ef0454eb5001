/** Payloads with the fields of docs.gitlab.com, "Webhook events". */
const project = {
  id: 42,
  name: 'Flights',
  description: '',
  web_url: 'https://gitlab.example.org/acme/flights',
  avatar_url: null,
  git_ssh_url: 'git@gitlab.example.org:acme/flights.git',
  git_http_url: 'https://gitlab.example.org/acme/flights.git',
  namespace: 'Acme',
  visibility_level: 0,
  path_with_namespace: 'acme/flights',
  default_branch: 'main',
  homepage: 'https://gitlab.example.org/acme/flights',
  url: 'git@gitlab.example.org:acme/flights.git',
  ssh_url: 'git@gitlab.example.org:acme/flights.git',
  http_url: 'https://gitlab.example.org/acme/flights.git',
};

export const gitlabPush = {
  object_kind: 'push',
  event_name: 'push',
  before: 'b'.repeat(40),
  after: 'a'.repeat(40),
  ref: 'refs/heads/main',
  ref_protected: true,
  checkout_sha: 'a'.repeat(40),
  user_id: 4,
  user_name: 'Lisa Doe',
  user_username: 'lisa',
  user_email: '',
  user_avatar: 'https://gitlab.example.org/uploads/lisa.png',
  project_id: 42,
  project,
  repository: {
    name: 'Flights',
    url: 'git@gitlab.example.org:acme/flights.git',
    description: '',
    homepage: 'https://gitlab.example.org/acme/flights',
    git_http_url: 'https://gitlab.example.org/acme/flights.git',
    git_ssh_url: 'git@gitlab.example.org:acme/flights.git',
    visibility_level: 0,
  },
  commits: [
    {
      id: 'a'.repeat(40),
      message: 'Train on more weather\n',
      title: 'Train on more weather',
      timestamp: '2026-02-28T22:10:00+01:00',
      url: `https://gitlab.example.org/acme/flights/-/commit/${'a'.repeat(40)}`,
      author: { name: 'Lisa Doe', email: '[REDACTED]' },
      added: ['delay/train.py'],
      modified: [],
      removed: [],
    },
  ],
  total_commits_count: 1,
  push_options: {},
};

export const gitlabTag = {
  ...gitlabPush,
  object_kind: 'tag_push',
  event_name: 'tag_push',
  before: '0'.repeat(40),
  ref: 'refs/tags/v1.0.0',
  commits: [],
};

export const gitlabMergeRequest = {
  object_kind: 'merge_request',
  event_type: 'merge_request',
  user: { id: 4, name: 'Lisa Doe', username: 'lisa' },
  project,
  object_attributes: {
    iid: 7,
    source_branch: 'weather',
    target_branch: 'main',
    source: { ...project, git_http_url: 'https://gitlab.example.org/mallory/flights.git' },
    target: project,
    last_commit: { id: 'a'.repeat(40) },
    action: 'open',
  },
};

/** Of a group: it belongs to no repository. */
export const gitlabSubgroup = {
  created_at: '2026-02-28T22:10:00Z',
  event_name: 'subgroup_create',
  name: 'models',
  full_path: 'acme/models',
  group_id: 10,
};
