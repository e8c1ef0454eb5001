import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpus, examplePage, reportPage } from '../gateway/pages/hostile-pages.js';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const isWanted = chromium !== undefined || process.env['CI'] === 'true';

interface Page {
  readonly html: string;
  readonly policy?: string;
}

/** Each text of the corpus in each page that we make, and one page that breaks its own policy. */
const pages = new Map<string, Page>([
  ...corpus.map((text, at) => [`/report-${at}`, { html: reportPage(text) }] as const),
  ...corpus.map((text, at) => [`/example-${at}`, examplePage(text)] as const),
  ['/broken', { html: '<script>document.title = "ran"</script>', policy: "default-src 'none'" }],
]);
const frames = [...pages.keys()].map((path) => `<iframe src="${path}" width="900" height="600"></iframe>`);

let server: Server;
let origin: string;
let asked: string[];
beforeAll(async () => {
  asked = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const page = path === '/' ? { html: `<!doctype html>${frames.join('\n')}` } : pages.get(path);
    const policy = page?.policy === undefined ? {} : { 'content-security-policy': page.policy };
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...policy,
    });
    response.end(page?.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What a browser writes while it shows a page with all that it frames, and the page as it then is. */
async function browse(url: string): Promise<{ readonly said: string; readonly dom: string }> {
  const home = mkdtempSync(join(tmpdir(), 'ratchet browser '));
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet];
  try {
    const { stdout, stderr } = await promisify(execFile)(
      chromium ?? 'chromium',
      [
        ...args,
        ...[`--user-data-dir=${home}`, '--enable-logging=stderr', '--virtual-time-budget=5000'],
        ...['--dump-dom', url],
      ],
      { timeout: 120_000, maxBuffer: 64 * 1024 ** 2, env: { ...process.env, HOME: home } },
    );
    return { said: stderr, dom: stdout };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

describe.runIf(isWanted)('pages with hostile texts in a browser', { timeout: 300_000 }, () => {
  it('run nothing, load nothing and break no policy, and the browser would say so if they did', async () => {
    const { said, dom } = await browse(`${origin}/`);
    expect(dom).toContain('iframe');
    expect(new Set(asked.filter((path) => path !== '/favicon.ico'))).toEqual(new Set(['/', ...pages.keys()]));
    const lines = said.split('\n').filter((line) => line.includes('CONSOLE'));
    expect(lines.filter((line) => line.includes(`${origin}/broken`))).toEqual([
      expect.stringContaining('Content Security Policy'),
    ]);
    expect(lines.filter((line) => !line.includes(`${origin}/broken`))).toEqual([]);
  });
});
