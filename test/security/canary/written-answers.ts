import type { Written } from './search.js';

/** A request to the gateway, its answer as text. */
export type Ask = (path: string) => Promise<string>;

/** What stands in the addresses: by the name of the parameter, every value to ask for. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

/** The answer of every GET of the API to every value of its parameters. Error: a parameter that has no values. */
export async function writtenInAnswers(ask: Ask, parameters: Parameters): Promise<readonly Written[]> {
  const openapi = await ask('/api/v1/openapi.json');
  const { paths } = JSON.parse(openapi) as {
    readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  };
  const addresses = Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined ? [] : filled(path + queryOf(get), parameters),
  );
  const answers = addresses.map(
    async (name): Promise<Written> => ({ place: 'API', name, bytes: Buffer.from(await ask(name)) }),
  );
  return Promise.all(answers);
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
}

function queryOf({ parameters = [] }: Operation): string {
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true);
  return required.length === 0 ? '' : `?${required.map(({ name }) => `${name}={${name}}`).join('&')}`;
}

function filled(path: string, parameters: Parameters): readonly string[] {
  const [whole, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (whole === undefined || name === undefined) return [path];
  const values = parameters[name];
  if (values === undefined) throw new Error(`${path} has a parameter that this test knows no value of`);
  return values.flatMap((value) => filled(path.replace(whole, encodeURIComponent(value)), parameters));
}
