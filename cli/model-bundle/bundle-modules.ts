import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A module of a package, by its path below `lib/`. */
export interface BundleModule {
  readonly name: string;
  readonly code: string;
}

const isSource = import.meta.url.endsWith('.ts');
const root = new URL('../../', import.meta.url);
const relativeImport = /(?:from|import)\s*["'](\.[^"']+)["']/g;

/**
 * The code that a package of a model runs: the same that the evaluator runs, and all that it imports of ours, as
 * JavaScript.
 */
export async function bundleModules(): Promise<readonly BundleModule[]> {
  const found = new Map<string, BundleModule>();
  const waiting = [new URL('inference/bundle/bundled-model.js', root)];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const name = relative(fileURLToPath(root), fileURLToPath(url)).split(sep).join('/');
    if (found.has(name)) continue;
    const code = await javaScriptAt(url);
    found.set(name, { name, code });
    for (const [, specifier = ''] of code.matchAll(relativeImport)) waiting.push(new URL(specifier, url));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function javaScriptAt(url: URL): Promise<string> {
  if (!isSource) return (await readFile(url, 'utf8')).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  const { transform } = await import('@swc/core');
  const text = await readFile(new URL(url.href.replace(/\.js$/, '.ts')), 'utf8');
  const { code } = await transform(text, {
    swcrc: false,
    configFile: false,
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      transform: { verbatimModuleSyntax: true },
    },
  });
  return code;
}
