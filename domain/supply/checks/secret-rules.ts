import type { Severity } from '../severity.js';

interface SecretRule {
  readonly id: string;
  readonly severity: Severity;
  readonly pattern: RegExp;
  readonly about: string;
}

/** What a secret looks like in a text. Each pattern takes linear time. */
const textRules: readonly SecretRule[] = [
  {
    id: 'private-key',
    severity: 'critical',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=:]/,
    about: 'a private key',
  },
  {
    id: 'aws-access-key',
    severity: 'critical',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![A-Z2-7]{9}EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])/,
    about: 'the id of an AWS access key',
  },
  {
    id: 'ratchet-token',
    severity: 'critical',
    pattern: /rtk_[0-9a-f]{16}_[0-9a-f]{64}_[0-9a-f]{8}(?![0-9a-f])/,
    about: 'a token of Ratchet',
  },
  {
    id: 'github-token',
    severity: 'critical',
    pattern: /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})(?![A-Za-z0-9])/,
    about: 'a token of GitHub',
  },
  {
    id: 'npm-token',
    severity: 'critical',
    pattern:
      /(?:_authToken\s{0,5}=\s{0,5}(?!\s|\$\{)["']?[^\s"'$]{8}|(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9]))/,
    about: 'a token of a package registry',
  },
];

/** Files that hold secrets by their trade, by the last part of their path. */
const fileRules: readonly {
  readonly id: string;
  readonly name: RegExp;
  readonly content: RegExp;
  readonly about: string;
}[] = [
  {
    id: 'environment-file',
    name: /(?:^|\/)\.env(?:\.(?!example$|sample$|template$)[A-Za-z0-9._-]{1,40})?$/,
    content: /^[ \t]*(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=[ \t]*["']?[^\s"'#]/m,
    about: 'an environment file with values',
  },
  {
    id: 'npm-credentials',
    name: /(?:^|\/)\.npmrc$/,
    content: /^[^#;\n]*(?:_auth|_password)\s*=\s*(?!\$\{)\S/m,
    about: 'credentials of a package registry',
  },
  {
    id: 'docker-credentials',
    name: /(?:^|\/)(?:\.dockercfg|\.docker\/config\.json)$/,
    content: /"auth"\s*:\s*"[^"]/,
    about: 'credentials of an image registry',
  },
  {
    id: 'git-credentials',
    name: /(?:^|\/)(?:\.git-credentials|\.netrc)$/,
    content: /:\/\/[^\s:@/]+:[^\s@/]+@|\bpassword\s+\S/,
    about: 'credentials of a Git host',
  },
  {
    id: 'aws-credentials',
    name: /(?:^|\/)\.aws\/credentials$/,
    content: /aws_secret_access_key\s*=\s*\S/,
    about: 'credentials of AWS',
  },
];

export interface FoundSecret {
  readonly id: string;
  readonly severity: Severity;
  /** In words, never the secret. */
  readonly about: string;
}

/** Secrets in a text, each kind once. */
export function secretsInText(text: string): readonly FoundSecret[] {
  return textRules
    .filter(({ pattern }) => pattern.test(text))
    .map(({ id, severity, about }) => ({ id, severity, about }));
}

/** Secrets in a file: by what it holds, and by what its name says it is for. */
export function secretsInFile(path: string, text: string): readonly FoundSecret[] {
  const byName = fileRules
    .filter(({ name, content }) => name.test(path) && content.test(text))
    .map(({ id, about }) => ({ id, severity: 'high' as const, about }));
  return [...secretsInText(text), ...byName];
}
