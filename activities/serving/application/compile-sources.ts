import { transform } from '@swc/core';
import type { ArchiveFile } from '../../../domain/archive/archive-file.js';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';

const isDeclaration = (name: string) => /\.d\.[cm]?ts$/.test(name);
const typeScript = /\.([cm]?)ts$/;
const longestReason = 1500;

/**
 * The same files with TypeScript as JavaScript, each beside where it was. Types are taken out and not checked: that is for
 * the application's own tests. Errors: `APPLICATION_FAILED` for what does not parse, `APPLICATION_INVALID` where two files
 * would become one.
 */
export async function compileSources(files: readonly ArchiveFile[]): Promise<readonly ArchiveFile[]> {
  const compiled: ArchiveFile[] = [];
  const names = new Set<string>();
  for (const file of files) {
    if (isDeclaration(file.name)) continue;
    const built = typeScript.test(file.name) ? await compile(file) : file;
    if (names.has(built.name))
      throw new RatchetError('APPLICATION_INVALID', `two files of the application become ${built.name}`);
    names.add(built.name);
    compiled.push(built);
  }
  return compiled;
}

async function compile({ name, content }: ArchiveFile): Promise<ArchiveFile> {
  const code = await toJavaScript(Buffer.from(content).toString('utf8'), name).catch((cause: unknown) => {
    const why = messageOf(cause).trim().slice(0, longestReason);
    throw new RatchetError('APPLICATION_FAILED', `${name} does not compile: ${why}`, { name }, { cause });
  });
  return { name: name.replace(typeScript, '.$1js'), content: Buffer.from(code) };
}

/** The types of the compiler do not know all of its settings. */
const settings = {
  target: 'es2023',
  parser: { syntax: 'typescript' },
  rewriteRelativeImportExtensions: true,
  transform: { verbatimModuleSyntax: true },
} as const;

/** Settings in the folder of the application are not read. */
export async function toJavaScript(source: string, filename: string): Promise<string> {
  const { code } = await transform(source, {
    filename,
    swcrc: false,
    configFile: false,
    sourceMaps: false,
    module: { type: 'es6' },
    jsc: settings,
  });
  return code;
}
