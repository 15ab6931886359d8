import { describe, expect, it } from '@jest/globals';
import { valueOf } from '../../../cli/commands/secret.js';

describe('the value of a secret from the command line', () => {
  it.each([
    ['open sesame\n', 'open sesame'],
    ['0123\r\n', '0123'],
    ['true', 'true'],
    ['"quoted"', '"quoted"'],
    ['two\nlines\n', 'two\nlines'],
    ['{"username":"a"}\n', { username: 'a' }],
    ['["a"]', ['a']],
    ['{not json', '{not json'],
  ])('%j is %j', (text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  it.each(['', '\n'])('is not empty: %j', (text) => {
    expect(() => valueOf(text)).toThrow('empty');
  });
});
