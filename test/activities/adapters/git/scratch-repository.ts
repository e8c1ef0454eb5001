import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository on this disk that a test fills. */
export class ScratchRepository {
  readonly root = mkdtempSync(join(tmpdir(), 'git repository '));
  readonly path = join(this.root, 'work');

  constructor() {
    mkdirSync(this.path);
    this.git('init', '--quiet', '--initial-branch=main');
  }

  /** Runs git in the repository; what it printed, trimmed. */
  git(...args: string[]): string {
    return this.feed('', ...args);
  }

  feed(input: string | Buffer, ...args: string[]): string {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.root,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_AUTHOR_DATE: '1700000000 +0100',
      GIT_COMMITTER_NAME: 'Bob',
      GIT_COMMITTER_EMAIL: 'bob@example.org',
      GIT_COMMITTER_DATE: '1700000100 +0000',
    };
    return execFileSync('git', args, { cwd: this.path, env, input, stdio: 'pipe' }).toString().trim();
  }

  /** Writes files and commits them; the commit's id. */
  commit(files: Readonly<Record<string, string | Buffer>>, subject = 'A change'): string {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', subject);
    return this.git('rev-parse', 'HEAD');
  }

  /** Makes a commit of a tree written by hand: lines of `git mktree`. */
  commitTree(lines: readonly string[]): string {
    const tree = this.feed(`${lines.join('\n')}\n`, 'mktree');
    return this.commitOf(tree);
  }

  /** Makes a commit of a tree and puts `main` on it. */
  commitOf(tree: string): string {
    const commit = this.git('commit-tree', tree, '-m', 'By hand');
    this.git('update-ref', 'refs/heads/main', commit);
    return commit;
  }

  /** Stores a blob; its id. */
  blob(content: string | Buffer): string {
    return this.feed(content, 'hash-object', '-w', '--stdin');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
