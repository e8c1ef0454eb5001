import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateApiClient } from '../../scripts/docs/api-client.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';

let room: GatewayRoom;
let document: Document;
beforeAll(async () => {
  room = await openGatewayRoom();
  document = (await room.ask('GET', '/api/v1/openapi.json', { token: null })).body;
});
afterAll(() => room.close());

interface Document {
  readonly openapi: string;
  readonly components: { readonly schemas: Record<string, unknown>; readonly securitySchemes: object };
  readonly paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  readonly summary?: string;
  readonly security?: readonly Record<string, unknown>[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[];
  readonly responses: Record<string, { description?: string }>;
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
  );

/** Where an answer is not 200. */
const goodOf: Readonly<Record<string, string>> = {
  '/api/v1/sign-in/oidc': '302',
  '/hooks/{project}': '202',
  '/hooks/alertmanager/{project}': '202',
  '/api/v1/projects/{project}/events': '202',
  '/api/v1/models/{project}/{model}/alarms': '202',
};

/** Every `$ref` of a document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

describe('the OpenAPI document', () => {
  it('is a valid one of version 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    // Bundles and lints by the OpenAPI rules, and throws at the first error.
    await expect(openapiTS(JSON.parse(JSON.stringify(document)), { silent: true })).resolves.not.toHaveLength(
      0,
    );
    const broken = { ...document, paths: { '/x': { get: { responses: 'none' } } } };
    await expect(openapiTS(JSON.parse(JSON.stringify(broken)), { silent: true })).rejects.toThrow();
  });

  it('leads every reference to something', () => {
    const found = [...new Set(references(document))];
    expect(found.length).toBeGreaterThan(5);
    const known = new Set(
      Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
    );
    expect(found.filter((reference) => !known.has(reference))).toEqual([]);
  });

  it('says for every operation what it does, who may call it, and what an error is', () => {
    expect(operations().length).toBeGreaterThan(20);
    for (const { name, path, operation } of operations()) {
      expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\S.*\.$/)]);
      const open = /^(\/healthz|\/hooks\/\{project\}|\/api\/v1\/(openapi\.json|sign-in.*))$/.test(path);
      expect([name, operation.security]).toEqual([name, open ? [] : [{ token: [] }]]);
      const good = goodOf[path] ?? '200';
      expect([name, Object.keys(operation.responses).toSorted()]).toEqual([name, [good, 'default']]);
    }
    expect(document.components.securitySchemes).toEqual({ token: { type: 'http', scheme: 'bearer' } });
  });

  it('declares every part of a path as a parameter that must be there', () => {
    for (const { name, path, operation } of operations()) {
      const wanted = [...path.matchAll(/\{([^}]+)\}/g)].map(([, part]) => part);
      const declared = operation.parameters?.filter(
        (parameter) => parameter.in === 'path' && parameter.required,
      );
      expect([name, (declared ?? []).map((parameter) => parameter.name)]).toEqual([name, wanted]);
    }
  });
});

describe("the command line's client", () => {
  it('is made from the document as it stands: else run npx tsx scripts/docs/api-client.ts', async () => {
    const written = await readFile(join(import.meta.dirname, '../../cli/generated/api.ts'), 'utf8');
    expect(written).toBe(await generateApiClient());
  });
});
