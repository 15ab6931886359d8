import type { Chance } from './random.js';

/** Invented combinations of common names, in the scripts that a census meets. */
interface NameBook {
  readonly female: readonly [string, ...string[]];
  readonly male: readonly [string, ...string[]];
  readonly family: readonly [string, ...string[]];
}

const books = {
  latin: {
    female: ['Mary', 'Esther', 'Grace', 'Rose', 'Sarah', 'Judith', 'Agnes', 'Ruth'],
    male: ['John', 'Peter', 'Daniel', 'Moses', 'Isaac', 'Paul', 'Simon', 'James'],
    family: ['Otieno', 'Banda', 'Mwangi', 'Phiri', 'Okafor', 'Mensah', 'Achieng', 'Tembo'],
  },
  diacritics: {
    female: ['Inês', 'Zoé', 'Aïssata', 'Małgorzata', 'Nguyệt', 'Šárka', 'Élodie', 'Sørine'],
    male: ['José', 'André', 'Moïse', 'Łukasz', 'Đức', 'Čeněk', 'Günter', 'Tomás'],
    family: ['Müller', 'Gonçalves', 'Nuñez', 'Traoré', 'Dvořák', 'Ångström', "N'Diaye", 'Peña-Ibáñez'],
  },
  arabic: {
    female: ['فاطمة', 'عائشة', 'مريم', 'زينب', 'هدى', 'سلمى'],
    male: ['محمد', 'أحمد', 'يوسف', 'إبراهيم', 'خالد', 'حسن'],
    family: ['الحداد', 'المصري', 'النجار', 'البكري', 'العلي', 'الفارسي'],
  },
  ethiopic: {
    female: ['ሰላም', 'ትዕግስት', 'አልማዝ', 'ብርቱካን', 'ሄለን'],
    male: ['አበበ', 'ከበደ', 'ተስፋዬ', 'ዳዊት', 'ሙሉጌታ'],
    family: ['ገብረ', 'ወልደ', 'ኃይለ', 'መንግስቱ', 'ታደሰ'],
  },
} as const satisfies Record<string, NameBook>;

export function inventName(
  chance: Chance,
  sex: 'female' | 'male' | 'other',
): { first: string; last: string } {
  const book: NameBook = books[chance.weighted({ latin: 45, diacritics: 20, arabic: 22, ethiopic: 13 })];
  const given = sex === 'other' ? chance.pick(['female', 'male'] as const) : sex;
  return { first: chance.pick(book[given]), last: chance.pick(book.family) };
}
