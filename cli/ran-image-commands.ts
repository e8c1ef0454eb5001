import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printableLine } from '../domain/printable.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { refusedLines, scanText } from './image-scan-print.js';
import { type ApiClient, openClient } from './open-client.js';
import { printFacts, printJson, printLine, printTable } from './print.js';

type Image = components['schemas']['ImageList']['images'][number];

/** `ratchet image list|show`, beside what works on files of images alone. */
export function registerRanImageCommands(program: Command): void {
  const known = program.commands.find((command) => command.name() === 'image');
  const image = known ?? program.command('image').description('images that endpoints ran');
  registerList(image);
  registerShow(image);
}

function registerList(image: Command): void {
  gatewayCommand(image, 'list [project]', {
    about: 'images that revisions of endpoints ran, newest first',
    example: 'ratchet image list flights',
  }).action(async (project: string | undefined, options: GatewayOptions) => {
    const images = await read(await openClient(options), project);
    if (options.json) return printJson({ images });
    printTable(
      ['image', 'endpoint', 'code', 'revisions', 'from', 'until'],
      images.map((row) => [
        row.digest,
        `${row.project}/${row.endpoint}`,
        row.applicationCommit?.slice(0, 12),
        row.revisions.join(', '),
        row.from,
        row.until ?? 'now',
      ]),
      'no image: no revision ran one; where an engine is, a release builds one',
    );
  });
}

function registerShow(image: Command): void {
  gatewayCommand(image, 'show <digest>', {
    about: 'one image: what ran it, and when; the beginning of its digest is enough',
    example: 'ratchet image show sha256:3f2a9c',
  }).action(async (text: string, options: GatewayOptions) => {
    const images = (await read(await openClient(options), undefined)).filter((one) => isNamed(one, text));
    if (new Set(images.map(({ digest }) => digest)).size > 1)
      throw new RatchetError('NAME_INVALID', `"${text}" begins several digests: give more of it`);
    const [first] = images;
    if (first === undefined)
      throw new RatchetError('NOT_FOUND', `no revision of an endpoint ran an image "${text}"`);
    if (options.json) return printJson({ images });
    printFacts([
      ['image', first.digest],
      ['repository', first.repository ?? 'none: it is where it was built'],
    ]);
    for (const { project, endpoint, revisions, from, until, scan } of images) {
      printLine(
        `ran at ${project}/${endpoint} as revision ${revisions.join(', ')}, ${from} to ${until ?? 'now'}`,
      );
      printLine(`  scanned: ${scanText(scan) ?? 'not again since its release'}`);
      for (const line of refusedLines(scan)) printLine(printableLine(`  ${line}`));
    }
  });
}

async function read(client: ApiClient, project: string | undefined): Promise<readonly Image[]> {
  const query = project === undefined ? {} : { project };
  return (await answered(client.GET('/api/v1/images', { params: { query } }))).images;
}

function isNamed({ digest }: Image, text: string): boolean {
  return digest.startsWith(text.includes(':') ? text : `sha256:${text}`);
}
