import { extensionsOf } from './extensions.js';
import { frameOf, type Frame } from './frame.js';
import type { Interpreter } from './interpreter.js';
import { pointerOf } from './instance-key.js';
import { descriptorsOf } from './variables.js';
import { standardError } from './workflow-error.js';

/** The interpreter for the tasks of a part: its document and its data, in the run and the journal of the caller. */
export function enterPart(it: Interpreter, frame: Frame): Interpreter {
  const document = it.parts[frame.part];
  if (document === undefined) {
    throw standardError(
      'configuration',
      pointerOf(frame.key),
      `There is no shared part ${frame.part}. Name it under uses in use-case.yaml.`,
    );
  }
  return {
    ...it,
    document,
    frame,
    descriptors: descriptorsOf(it.run, document, frame),
    extensions: extensionsOf(document),
  };
}

/** The interpreter that a task instance of the run was performed by. */
export function interpreterAt(it: Interpreter, key: string): Interpreter {
  const frame = frameOf(it.memo.frames, key);
  return frame === it.frame ? it : enterPart(it, frame);
}
