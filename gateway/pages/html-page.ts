import { createHash } from 'node:crypto';
import { element, textElement } from '../../charts/element.js';

const style = `
body { font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #d9d9d9; }
table { border-collapse: collapse; margin: .5rem 0 1rem; } caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #d9d9d9; overflow-wrap: break-word; max-width: 22rem; }
th { font-weight: 600; } figure { margin: 1rem 0; } svg { max-width: 100%; height: auto; }
.many { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; } .many figure { margin: 0; }
details { margin: .2rem 0 1rem; } summary { cursor: pointer; color: #0058a3; }
.pass { color: #00664a; } .fail { color: #a33f00; font-weight: 600; } .muted { color: #555; }
`;

/**
 * A page that is one file: it loads nothing, runs nothing and sends nothing, and a browser is told to hold it to that.
 *
 * @param body markup
 */
export function htmlPage(title: string, body: readonly string[]): string {
  const digest = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  const head = [
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    textElement('title', {}, title),
    element('style', {}, style),
  ];
  const page = element('html', { lang: 'en' }, element('head', {}, ...head), element('body', {}, ...body));
  return `<!doctype html>\n${page}\n`;
}
