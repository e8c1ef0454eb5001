import type { Commit } from '../../../domain/ports/git.js';

const personPattern = /^(?<who>.*) (?<seconds>-?\d{1,15}) [+-]\d{4}$/;

/** Reads the text of a commit object. Control characters are taken out; a broken line gives an empty author, epoch 0. */
export function parseCommit(id: string, text: string): Commit {
  const split = text.indexOf('\n\n');
  const headers = (split < 0 ? text : text.slice(0, split)).split('\n');
  const person = (name: string) => {
    const line = headers.find((header) => header.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
    return personPattern.exec(line)?.groups;
  };
  const [subject = ''] =
    split < 0
      ? []
      : text
          .slice(split + 2)
          .trimStart()
          .split('\n');
  const seconds = Number(person('committer')?.['seconds'] ?? 0);
  return {
    id,
    author: printable(person('author')?.['who'] ?? '').slice(0, 200),
    committedAt: new Date(Math.min(Math.max(seconds, 0), 253_402_300_799) * 1000).toISOString(),
    subject: printable(subject).slice(0, 200),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const printable = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim();
