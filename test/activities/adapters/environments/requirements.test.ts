import { describe, expect, it } from 'vitest';
import { pinnedNames } from '../../../../activities/adapters/environments/requirements.js';

const hash = (digit: string) => `--hash=sha256:${digit.repeat(64)}`;

describe('a requirements file', () => {
  it('names the packages it pins, in one spelling', () => {
    const text = [
      '\ufeff# a comment',
      '',
      'Typing_Extensions==4.16.0   # why',
      'numpy == 2.4.6 ; python_version >= "3.11"',
      'numpy==2.2.6; python_version < "3.11" and sys_platform == \'linux\'',
      'uvicorn[standard, http2]==0.30.1',
      `onnx==1.23.2 \\`,
      `    ${hash('a')} \\`,
      `    ${hash('b')}`,
      'torch==2.1.0+cpu',
      'epoch==1!2.0rc1.post1',
    ];
    expect([...pinnedNames(text.join('\r\n'))]).toEqual([
      'typing-extensions',
      'numpy',
      'uvicorn',
      'onnx',
      'torch',
      'epoch',
    ]);
  });

  it('may pin nothing', () => {
    expect(pinnedNames('\n# nothing\n').size).toBe(0);
  });

  it.each([
    'numpy',
    'numpy>=1',
    'numpy==1.*',
    'numpy===1',
    'numpy~=1.0',
    'numpy==1,<2',
    'numpy @ https://example.org/numpy.whl',
    'https://example.org/numpy.whl',
    'git+https://example.org/numpy',
    './numpy.whl',
    '-e .',
    '-r other.txt',
    '-c constraints.txt',
    '--index-url https://evil.example',
    '--find-links=/tmp',
    'numpy==1 --config-settings=x',
    'numpy==1 --global-option=x',
    'numpy==1 --hash=md5:abc',
    `numpy==1 ${hash('a')} --no-binary :all:`,
    'numpy==1; python_version > "3" --index-url https://evil.example',
    'numpy==1 \\\n --index-url https://evil.example',
    '$NUMPY==1',
    'numpy==$VERSION',
    'numpy==1 other==2',
    '==1',
    'num py==1',
    'numpy==1\0',
  ])('may not hold %j, and the line is named', (line) => {
    expect(() => pinnedNames(`a==1\n${line}\n`)).toThrow(
      expect.objectContaining({ code: 'ENVIRONMENT_FAILED', details: { line: 2 } }),
    );
  });
});
