import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { keepToken } from './kept-tokens.js';
import { gatewayUrl, openAnonymousClient, openClient } from './open-client.js';
import { printFacts, printJson, printLine, printTable } from './print.js';

/** `ratchet sign-in` and `ratchet whoami`. */
export function registerSignInCommands(program: Command): void {
  registerSignIn(program);
  registerWhoami(program);
}

function registerSignIn(program: Command): void {
  gatewayCommand(program, 'sign-in', {
    about: 'get a token for a code, and keep it under the state folder; without a code: where to get one',
    example: 'ratchet sign-in --code setup-0123abcd-0123abcd-0123abcd-0123abcd',
  })
    .option('--code <code>', 'a set-up code, or what the page after OpenID Connect shows')
    .option('--label <text>', 'what the token is called in lists', 'sign-in')
    .action(async (options: GatewayOptions & { code?: string; label: string }) => {
      if (options.code === undefined) {
        const open = `${gatewayUrl(options)}/api/v1/sign-in/oidc`;
        if (options.json) return printJson({ open });
        printLine(`open ${open} in a browser, then: ratchet sign-in --code <what it shows>`);
        return printLine(
          'where there is no OpenID Connect, an administrator gives a code: ratchet account code <name>',
        );
      }
      const client = openAnonymousClient(options);
      const body = { code: options.code, label: options.label };
      const { token, ...signedIn } = await answered(client.POST('/api/v1/sign-in', { body }));
      const path = keepToken(options.stateDir, signedIn.account, token);
      if (options.json) return printJson({ ...signedIn, path });
      printLine(`you are ${signedIn.account} until ${signedIn.expiresAt}; the token is in ${path}`);
      printLine(`use it: ratchet whoami --as ${signedIn.account}, or set RATCHET_AS=${signedIn.account}`);
    });
}

function registerWhoami(program: Command): void {
  gatewayCommand(program, 'whoami', {
    about: 'who you are, how you signed in, and what you may do where',
    example: 'ratchet whoami --as lisa',
  }).action(async (options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/whoami'));
    if (options.json) return printJson(found);
    printWhoami(found);
  });
}

function printWhoami(caller: components['schemas']['Whoami']): void {
  printFacts([
    ['account', caller.account],
    ['kind', caller.kind],
    ['administers', caller.admin ? 'yes, and may not vote by that' : 'no'],
    ['signed in by', caller.method],
    ['token until', caller.expiresAt],
    ['token may', caller.scopes?.join(', ') ?? 'all that the account may'],
    ['token is for', caller.onlyProject ?? 'all projects'],
  ]);
  printLine();
  printTable(
    ['project', 'is', 'may'],
    Object.entries(caller.roles).map(([project, roles]) => [
      project,
      roles.join(', '),
      (caller.may[project] ?? []).join(', '),
    ]),
    'no member of any project: members are named in ratchet.project.yaml',
  );
}
