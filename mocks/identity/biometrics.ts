import { createHash } from 'node:crypto';
import { z } from 'zod';
import { biometricOutcome, type BiometricOutcome } from './outcomes.js';
import type { BiometricsDoc, BiometricTemplate, IdentityContext } from './state.js';

/**
 * Biometrics without bodies: a sample is a text that stands for a finger, a face or an iris. Two samples are of one
 * body when they are the same text; a few texts decide by themselves (`biometricTable`). Kept is a hash of each.
 */
export interface Sample {
  readonly text: string;
  /** As the packet names it: FINGER, FACE, IRIS. */
  readonly type?: string;
  /** Such as Left, Thumb. */
  readonly subtype?: readonly string[];
}

const nameOrValue = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]);
const names = z.array(nameOrValue).catch([]);
const segment = z.object({
  bdbInfo: z.object({ type: names, subtype: names }).catch({ type: [], subtype: [] }),
  bdb: z.union([z.string(), z.array(z.string())]).catch([]),
});
const packetBiometrics = z.object({ segment: z.array(segment) });
const captures = z.array(z.object({ data: z.string().min(1) })).min(1);

/** The samples of an enrollment packet, each `bdb` of its segments; none where there is nothing to read. */
export function samplesOfPacket(biometrics: unknown): readonly Sample[] {
  const read = packetBiometrics.safeParse(biometrics);
  if (!read.success) return [];
  return read.data.segment.flatMap(({ bdb, bdbInfo: { type, subtype } }) =>
    [bdb].flat().map((text) => ({
      text,
      ...(type[0] === undefined ? {} : { type: type[0] }),
      ...(subtype.length === 0 ? {} : { subtype }),
    })),
  );
}

/** The samples of a challenge: the text itself, or a list of `{data}` as JSON in base64url; undefined for anything else. */
export function samplesOfChallenge(challenge: string, format: string): readonly string[] | undefined {
  if (format === 'alpha-numeric') return challenge === '' ? undefined : [challenge];
  if (format !== 'encoded-json') return undefined;
  try {
    const given: unknown = JSON.parse(Buffer.from(challenge, 'base64url').toString('utf8'));
    return captures.safeParse(given).data?.map(({ data }) => data);
  } catch {
    return undefined;
  }
}

/** By the first sample that is poor, else the first that is not right; without a magic value by what is enrolled. */
export async function compareSamples(
  { state }: IdentityContext,
  individualId: string,
  samples: readonly string[],
): Promise<BiometricOutcome | 'enrolled' | 'other'> {
  const enrolled = (await state.biometrics.get(individualId))?.doc.templates ?? [];
  const known = new Set(enrolled.map(({ template }) => template));
  const results = samples.map(
    (text) => biometricOutcome(text) ?? (known.has(templateOf(text)) ? 'enrolled' : 'other'),
  );
  const worst = ['biometric-poor-quality', 'biometric-no-match', 'other', 'enrolled'] as const;
  return worst.find((one) => results.includes(one)) ?? 'biometric-match';
}

/** What is kept of a person's samples, those that were enrolled before included. */
export function enrolledWith(
  before: BiometricsDoc | undefined,
  individualId: string,
  samples: readonly Sample[],
): BiometricsDoc {
  const templates = new Map((before?.templates ?? []).map((one) => [one.template, one]));
  for (const { text, ...about } of samples) {
    const template: BiometricTemplate = { ...about, template: templateOf(text) };
    templates.set(template.template, template);
  }
  return { _id: individualId, individualId, templates: [...templates.values()] };
}

function templateOf(text: string): string {
  return createHash('sha256').update(`training template ${text}`).digest('base64url');
}
