/** What one host says of itself, in the text format of Prometheus. */
export interface HostMetrics {
  readonly id: string;
  readonly text: string;
}

/**
 * One page of the pages of several hosts: each sample gets a label `replica` with the id of its host, and what is said of
 * a family is said once, before all its samples.
 */
export function mergeMetrics(pages: readonly HostMetrics[]): string {
  const families = new Map<string, { readonly about: string[]; readonly samples: string[] }>();
  for (const { id, text } of pages) {
    let family = { about: [] as string[], samples: [] as string[] };
    let name = '';
    for (const line of text.split('\n')) {
      const [, kind, said = ''] = /^# (HELP|TYPE) (\S+)/.exec(line) ?? [];
      if (kind !== undefined && said !== name) {
        name = said;
        family = families.get(name) ?? { about: [], samples: [] };
        families.set(name, family);
      }
      if (kind === undefined && line !== '' && !line.startsWith('#')) family.samples.push(labelled(line, id));
      else if (kind !== undefined && !family.about.includes(line)) family.about.push(line);
    }
  }
  return [...families.values()].flatMap(({ about, samples }) => [...about, ...samples, '']).join('\n');
}

function labelled(sample: string, id: string): string {
  const at = /^[A-Za-z_:][A-Za-z0-9_:]*/.exec(sample)?.[0].length ?? 0;
  const [name, rest] = [sample.slice(0, at), sample.slice(at)];
  const label = `replica="${id}"`;
  return rest.startsWith('{') ? `${name}{${label},${rest.slice(1)}` : `${name}{${label}}${rest}`;
}
