import type { ScenarioCases } from './scenario-cases.js';

/** Replaces texts like `{{application.functionalId}}` by that fact of the saved case, wherever they stand. */
export async function withFacts<T>(value: T, cases: ScenarioCases): Promise<T> {
  const text = JSON.stringify(value);
  const names = [...text.matchAll(/"\{\{([A-Za-z0-9]+)\.([A-Za-z0-9]+)\}\}"/g)];
  let filled = text;
  for (const [whole, saved = '', fact = ''] of names) {
    const { case: found } = await cases.look(saved);
    filled = filled.replaceAll(whole, JSON.stringify(found.facts[fact] ?? null));
  }
  return JSON.parse(filled) as T;
}
