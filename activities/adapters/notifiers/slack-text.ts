import { cutLine } from '../../../domain/notices/cut-line.js';
import type { Notice } from '../../../domain/ports/outbox.js';

/** Of a line before it is escaped, which makes it five times as long at most. */
const lineCharacters = 500;
/** Slack takes 3,000 in a text object, and 50 blocks. */
const blockCharacters = 2900;
const mostBlocks = 50;

/** A notice as a message of the form of Slack: `text` for whoever shows no blocks, and the same in blocks. */
export function slackMessage({ title, lines }: Pick<Notice, 'title' | 'lines'>) {
  const [head = '', ...rest] = [title, ...lines].map(slackLine).filter((line) => line.trim() !== '');
  const [text = ''] = joined([head, ...rest]);
  const blocks = [`*${head}*`, ...joined(rest)].slice(0, mostBlocks);
  return {
    text,
    blocks: blocks.map((text) => ({
      type: 'section',
      // Verbatim: names in it are not made into mentions.
      text: { type: 'mrkdwn', text, verbatim: true },
    })),
  };
}

/** Escaped as Slack asks for; a name that calls everybody, which other programs of this form hear in plain text, is broken. */
function slackLine(line: string): string {
  return cutLine(line, lineCharacters)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=here|channel|everyone|all\b)/gi, '@\u200b');
}

/** Whole lines, as many together as fit. */
function joined(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + line.length >= blockCharacters) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
}
