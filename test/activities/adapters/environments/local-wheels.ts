import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';

const makeWheel = `
import sys, zipfile
folder, name, requires = sys.argv[1], sys.argv[2], sys.argv[3:]
info = f'{name}-1.0.dist-info'
files = {f'{name}.py': f'answer = "{name}"\\n', f'{info}/WHEEL': 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',
    f'{info}/METADATA': f'Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n' + ''.join(f'Requires-Dist: {r}\\n' for r in requires)}
with zipfile.ZipFile(f'{folder}/{name}-1.0-py3-none-any.whl', 'w') as wheel:
    for path, text in files.items(): wheel.writestr(path, text)
    wheel.writestr(f'{info}/RECORD', ''.join(f'{path},,\\n' for path in [*files, f'{info}/RECORD']))
`;

/** Makes pip see a few packages on this disk and nothing else, until the test's environment is restored. */
export function useLocalWheels(folder: string): void {
  const wheels = join(folder, 'wheels');
  mkdirSync(wheels);
  const wheel = (...args: string[]) => execFileSync('python3', ['-c', makeWheel, wheels, ...args]);
  wheel('leafpack');
  wheel('needypack', 'leafpack');
  writeFileSync(join(wheels, 'sourcepack-1.0.tar.gz'), 'not looked at');
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', pathToFileURL(wheels).href);
}
