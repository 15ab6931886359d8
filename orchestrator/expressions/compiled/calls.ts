import type { Json } from '../../../contracts/json.js';
import { builtins } from '../builtins/table.js';
import type { Node } from '../syntax/nodes.js';
import { Unsupported } from '../syntax/unsupported.js';
import type { Compiler } from './compiler.js';
import { compilePathCall } from './path-calls.js';
import { bindValue, charge, stream, type Emit, type Filter, type Frame } from './run.js';
import {
  climb,
  findCallable,
  withBlocked,
  withClosure,
  withFunction,
  withValue,
  type Definition,
  type Scope,
} from './scope.js';

/** A call: of a parameter, of a function that the program defines, or of a builtin, in this order. */
export function compileCall(compiler: Compiler, node: Extract<Node, { kind: 'call' }>, scope: Scope): Filter {
  const { name, args } = node;
  const binding = findCallable(scope, name, args.length);
  switch (binding?.kind) {
    case 'blocked':
      throw new Unsupported(`a value parameter called as ${name}`);
    case 'closure':
      return callClosure(scope.depth - binding.depth);
    case 'function': {
      const compiled = args.map((argument) => compiler.compile(argument, scope));
      return callFunction(binding.definition, compiled, scope.depth - binding.depth);
    }
    case undefined: {
      const byPath = compilePathCall(compiler, name, args, scope);
      if (byPath !== undefined) return byPath;
      const builtin = builtins.get(`${name}/${args.length}`);
      if (builtin === undefined) throw new Unsupported(`the function ${name}/${args.length}`);
      return builtin(args.map((argument) => compiler.compile(argument, scope)));
    }
  }
}

/** `def name(parameters): body; rest`. The body sees its own name. */
export function compileDefinition(
  compiler: Compiler,
  node: Extract<Node, { kind: 'define' }>,
  scope: Scope,
): Filter {
  const definition: Definition = { parameters: node.parameters, body: undefined };
  const outer = withFunction(scope, node.name, definition);
  const inner = node.parameters.reduce(
    (within, { name, byValue }) =>
      byValue ? withBlocked(withValue(within, name), name) : withClosure(within, name),
    outer,
  );
  definition.body = compiler.compile(node.body, inner);
  return compiler.compile(node.rest, outer);
}

function callClosure(levels: number): Filter {
  return stream((input, frame, emit) => {
    charge(frame.run, 1);
    const { closure } = climb(frame, levels);
    return closure !== undefined && closure.filter.each(input, closure.frame, emit);
  });
}

function callFunction(definition: Definition, args: readonly Filter[], levels: number): Filter {
  const enter = (index: number, input: Json, caller: Frame, frame: Frame, emit: Emit): boolean => {
    const parameter = definition.parameters[index];
    const argument = args[index];
    if (parameter === undefined || argument === undefined) {
      return definition.body !== undefined && definition.body.each(input, frame, emit);
    }
    if (!parameter.byValue) {
      const closure = { filter: argument, frame: caller };
      return enter(index + 1, input, caller, { run: frame.run, up: frame, value: null, closure }, emit);
    }
    return argument.each(input, caller, (value) =>
      enter(index + 1, input, caller, bindValue(frame, value), emit),
    );
  };
  return stream((input, frame, emit) => {
    charge(frame.run, 1);
    return enter(0, input, frame, climb(frame, levels), emit);
  });
}
