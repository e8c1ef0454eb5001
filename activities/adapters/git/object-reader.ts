import type { Mirror } from './mirror.js';
import { type GitObject, readObjects, tooLarge } from './object-batch.js';

/** Contents that one process of git gives at most. */
const mostBatchBytes = 32 * 1024 * 1024;
const mostNames = 500;

export interface ObjectReader {
  /**
   * An object by name; undefined for a name that leads nowhere. Its content is read only with `maxBytes`; one that is
   * larger is `GIT_REFUSED`, and nobody else's question is.
   */
  read(mirror: Mirror, name: string, maxBytes: number | undefined): Promise<GitObject | undefined>;
}

interface Question {
  readonly name: string;
  readonly maxBytes: number | undefined;
  readonly answer: (object: GitObject | undefined) => void;
  readonly refuse: (error: unknown) => void;
}

/** Questions that are asked in one turn of the event loop share their processes: starting one takes longer than the answer. */
export function createObjectReader(): ObjectReader {
  const waiting = new Map<string, Question[]>();
  return {
    read: (mirror, name, maxBytes) =>
      new Promise((answer, refuse) => {
        const question = { name, maxBytes, answer, refuse };
        const others = waiting.get(mirror.gitDir);
        if (others !== undefined) {
          others.push(question);
          return;
        }
        const questions = [question];
        waiting.set(mirror.gitDir, questions);
        setImmediate(() => {
          waiting.delete(mirror.gitDir);
          for (let from = 0; from < questions.length; from += mostNames)
            void settle(mirror, questions.slice(from, from + mostNames));
        });
      }),
  };
}

async function settle(mirror: Mirror, questions: readonly Question[]): Promise<void> {
  const [only, second] = questions;
  try {
    if (only !== undefined && second === undefined) only.answer(await readOne(mirror, only));
    else await answerAll(mirror, questions);
  } catch (error) {
    for (const { refuse } of questions) refuse(error);
  }
}

async function readOne(mirror: Mirror, { name, maxBytes }: Question): Promise<GitObject | undefined> {
  const [object] = await readObjects(mirror, [name], maxBytes ?? 0, { contents: maxBytes !== undefined });
  return object;
}

/** Sizes first, so that one large object is refused to whoever asked for it. */
async function answerAll(mirror: Mirror, questions: readonly Question[]): Promise<void> {
  const names = [...new Set(questions.map(({ name }) => name))];
  const found = await readObjects(mirror, names, 0, { contents: false });
  const headers = new Map(names.map((name, at) => [name, found[at]]));
  const fits = ({ name, maxBytes = -1 }: Question) => (headers.get(name)?.sizeBytes ?? 0) <= maxBytes;
  const wanted = names.filter(
    (name) => headers.get(name) && questions.some((one) => one.name === name && fits(one)),
  );
  const contents = await readContents(mirror, wanted, headers);
  for (const question of questions) {
    const { name, maxBytes, answer, refuse } = question;
    const header = headers.get(name);
    if (header === undefined || maxBytes === undefined) answer(header);
    else if (fits(question)) answer(contents.get(name));
    else refuse(tooLarge([name], maxBytes));
  }
}

async function readContents(
  mirror: Mirror,
  names: readonly string[],
  headers: ReadonlyMap<string, GitObject | undefined>,
): Promise<ReadonlyMap<string, GitObject | undefined>> {
  const contents = new Map<string, GitObject | undefined>();
  for (let from = 0; from < names.length; ) {
    const batch: string[] = [];
    let bytes = 0;
    for (const name of names.slice(from)) {
      const size = headers.get(name)?.sizeBytes ?? 0;
      if (batch.length > 0 && bytes + size > mostBatchBytes) break;
      batch.push(name);
      bytes += size;
    }
    const objects = await readObjects(mirror, batch, bytes);
    for (const [at, name] of batch.entries()) contents.set(name, objects[at]);
    from += batch.length;
  }
  return contents;
}
