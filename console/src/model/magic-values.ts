/** The answer of `/blocks/{block}/rules`, as far as it tells of magic values. */
export interface RulesAnswer {
  readonly rules: readonly { readonly rule: string; readonly when: string }[];
}

export interface MagicValue {
  readonly value: string;
  readonly what: string;
}

/** Values that make a mock behave in a certain way; several operations may know the same one. */
export function magicValues({ rules }: RulesAnswer): readonly MagicValue[] {
  const values = rules
    .filter(({ rule }) => rule.startsWith('magic:'))
    .flatMap(({ when }) => {
      const [, value, what] = /^Magic value `(.+?)`: (.+)$/s.exec(when) ?? [];
      return value === undefined || what === undefined ? [] : [{ value, what }];
    });
  return [...new Map(values.map((one) => [`${one.value} ${one.what}`, one])).values()];
}
