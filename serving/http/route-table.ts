import type { Handler } from './call.js';
import { HttpRefusal } from './http-refusal.js';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Segments in braces are names, such as `/v2/models/{model}/infer`. */
  readonly path: string;
  readonly handle: Handler;
  /** Whether it is asked for predictions. */
  readonly isAsked?: boolean;
}

export interface FoundRoute {
  readonly route: Route;
  readonly names: Readonly<Record<string, string>>;
}

interface CompiledRoute extends Route {
  readonly pattern: RegExp;
}

/** Addresses that are remembered once they were found; names in them are from outside, and without end. */
const mostKnown = 500;

/** Routes in the order in which they are tried. */
export function compileRoutes(routes: readonly Route[]): (method: string, path: string) => FoundRoute {
  const compiled = routes.map((route) => ({ ...route, pattern: patternOf(route.path) }));
  const known = new Map<string, FoundRoute>();
  return (method, path) => {
    const before = known.get(path);
    if (before?.route.method === method) return before;
    const found = findRoute(compiled, method, path);
    if (known.size < mostKnown) known.set(path, found);
    return found;
  };
}

/** @throws HttpRefusal 404 for an unknown path, 405 for a known one with another verb. */
function findRoute(routes: readonly CompiledRoute[], method: string, path: string): FoundRoute {
  // What answers GET answers HEAD; Node leaves the body out.
  const wanted = method === 'HEAD' ? 'GET' : method;
  const allowed: string[] = [];
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match === null) continue;
    if (route.method === wanted) return { route, names: decodeNames(match.groups ?? {}) };
    allowed.push(route.method);
  }
  if (allowed.length === 0) throw new HttpRefusal(404, 'there is nothing under this address');
  const allow = [...new Set(allowed.flatMap((verb) => (verb === 'GET' ? ['GET', 'HEAD'] : [verb])))].join(
    ', ',
  );
  throw new HttpRefusal(405, `this address answers ${allow} alone`, { allow });
}

/** A trailing slash changes nothing. */
function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${path === '/' ? '' : escaped}/?$`);
}

function decodeNames(groups: Readonly<Record<string, string>>): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [name, text] of Object.entries(groups)) names[name] = text.includes('%') ? decode(text) : text;
  return names;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HttpRefusal(400, 'the address has a percent sign that begins no character');
  }
}
