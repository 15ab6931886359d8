import { describe, expect, it } from '@jest/globals';
import { effectKey, nameOfKey, pointerOf } from '../../../orchestrator/engine/index.js';

describe('the key of a task instance', () => {
  it.each([
    ['/do/0/ask', '/do/0/ask', 'ask'],
    ['/do/0/ask@2', '/do/0/ask', 'ask'],
    ['/do/0/ask@2*3', '/do/0/ask', 'ask'],
    ['/do/0/each/for#12/do/0/send', '/do/0/each/do/0/send', 'send'],
    ['/do/0/a/try#2/0/b', '/do/0/a/try/0/b', 'b'],
    ['/do/0/a/catch/do/1/b', '/do/0/a/catch/do/1/b', 'b'],
    ['/do/0/a/fork/branches/1/b/do/0/c@4', '/do/0/a/fork/branches/1/b/do/0/c', 'c'],
    ['/do/0/a/foreach#3/do/0/b', '/do/0/a/foreach/do/0/b', 'b'],
    ['/do/0/a/function/greet', '/use/functions/greet', 'greet'],
    ['/do/0/a/function/log:0.5.2@global/do/0/b', '/use/functions/log:0.5.2@global/do/0/b', 'b'],
    ['/do/0/a@2/before/1/mock/0/b/for#1/do/0/c', '/use/extensions/1/mock/before/0/b/do/0/c', 'c'],
    ['/do/0/a*2/compensate/undo/do/0/b', '/use/functions/undo/do/0/b', 'b'],
    [
      '/do/0/for/do/0/try/try#2/0/catch/catch/do/0/before',
      '/do/0/for/do/0/try/try/0/catch/catch/do/0/before',
      'before',
    ],
    ['/do/0/function/do/0/after@2', '/do/0/function/do/0/after', 'after'],
    ['/do/0/a~1b@2', '/do/0/a~1b', 'a/b'],
  ])('%s', (key, pointer, name) => {
    expect(pointerOf(key)).toBe(pointer);
    expect(nameOfKey(key)).toBe(name);
  });

  it('is one for all attempts where effects are concerned', () => {
    expect(effectKey('/do/0/a/try#3/0/b@2')).toBe('/do/0/a/try/0/b@2');
  });

  it('names the timers at a task', () => {
    expect(nameOfKey('/do/0/a!timeout')).toBe('a (timeout)');
    expect(nameOfKey('/do/0/a@2!retry3')).toBe('a (retry)');
  });
});
