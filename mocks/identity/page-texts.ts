/** What the sign-in pages say, in the languages of the sandbox's console. */
export interface PageTexts {
  readonly language: 'en' | 'fr' | 'ar';
  readonly direction: 'ltr' | 'rtl';
  readonly signIn: string;
  readonly asksWho: (client: string) => string;
  readonly purpose: string;
  readonly number: string;
  readonly pin: string;
  readonly oneTimePassword: string;
  readonly trainingCode: string;
  readonly training: string;
  readonly trainingShort: string;
  readonly cancel: string;
  readonly nobody: string;
  readonly notSignedIn: string;
  readonly consent: string;
  readonly wouldLike: (person: string, client: string) => string;
  readonly needed: string;
  readonly allow: string;
  readonly refuse: string;
  readonly over: string;
  readonly overWhy: string;
  readonly claims: Readonly<Record<string, string>>;
}

const english: PageTexts = {
  language: 'en',
  direction: 'ltr',
  signIn: 'Sign in',
  asksWho: (client) => `${client} asks who you are.`,
  purpose: 'The purpose:',
  number: 'Number of your identity',
  pin: 'PIN',
  oneTimePassword: 'One-time password',
  trainingCode: 'Training: nobody here is real, and the code is 111111 for everybody.',
  training: 'Training: nobody here is real.',
  trainingShort: 'training',
  cancel: 'Cancel',
  nobody: 'Nobody here has that number.',
  notSignedIn: 'Not signed in:',
  consent: 'What may be passed on',
  wouldLike: (person, client) => `${person}, ${client} would like to know:`,
  needed: 'needed',
  allow: 'Allow',
  refuse: 'Refuse',
  over: 'This sign-in cannot go on',
  overWhy: 'This sign-in is over: begin again at the service.',
  claims: {},
};

const french: PageTexts = {
  language: 'fr',
  direction: 'ltr',
  signIn: 'Se connecter',
  asksWho: (client) => `${client} demande qui vous êtes.`,
  purpose: 'La finalité :',
  number: 'Numéro de votre identité',
  pin: 'Code PIN',
  oneTimePassword: 'Code à usage unique',
  trainingCode: 'Formation : personne ici n’est réel, et le code est 111111 pour tout le monde.',
  training: 'Formation : personne ici n’est réel.',
  trainingShort: 'formation',
  cancel: 'Annuler',
  nobody: 'Personne ici n’a ce numéro.',
  notSignedIn: 'Connexion refusée :',
  consent: 'Ce qui peut être transmis',
  wouldLike: (person, client) => `${person}, ${client} aimerait savoir :`,
  needed: 'nécessaire',
  allow: 'Autoriser',
  refuse: 'Refuser',
  over: 'Cette connexion ne peut pas continuer',
  overWhy: 'Cette connexion est terminée : recommencez auprès du service.',
  claims: {
    name: 'nom complet',
    given_name: 'prénom',
    family_name: 'nom de famille',
    birthdate: 'date de naissance',
    gender: 'sexe',
    phone_number: 'numéro de téléphone',
    email: 'adresse électronique',
    address: 'adresse',
    locale: 'langue',
    picture: 'photo',
  },
};

const arabic: PageTexts = {
  language: 'ar',
  direction: 'rtl',
  signIn: 'تسجيل الدخول',
  asksWho: (client) => `تسأل خدمة ${client} من أنت.`,
  purpose: 'الغرض:',
  number: 'رقم هويتك',
  pin: 'الرقم السري',
  oneTimePassword: 'رمز لمرة واحدة',
  trainingCode: 'تدريب: لا أحد هنا حقيقي، والرمز هو 111111 للجميع.',
  training: 'تدريب: لا أحد هنا حقيقي.',
  trainingShort: 'تدريب',
  cancel: 'إلغاء',
  nobody: 'لا أحد هنا يحمل هذا الرقم.',
  notSignedIn: 'لم يتم تسجيل الدخول:',
  consent: 'ما الذي يجوز نقله',
  wouldLike: (person, client) => `${person}، تود خدمة ${client} أن تعرف:`,
  needed: 'ضروري',
  allow: 'السماح',
  refuse: 'الرفض',
  over: 'لا يمكن متابعة تسجيل الدخول',
  overWhy: 'انتهى تسجيل الدخول هذا: ابدأ من جديد لدى الخدمة.',
  claims: {
    name: 'الاسم الكامل',
    given_name: 'الاسم الأول',
    family_name: 'اسم العائلة',
    birthdate: 'تاريخ الميلاد',
    gender: 'الجنس',
    phone_number: 'رقم الهاتف',
    email: 'البريد الإلكتروني',
    address: 'العنوان',
    locale: 'اللغة',
    picture: 'الصورة',
  },
};

const languages: readonly PageTexts[] = [english, french, arabic];

/** The first wanted language that there is; English otherwise. Takes BCP 47 tags or an Accept-Language header. */
export function pageTexts(wanted: string | undefined): PageTexts {
  for (const tag of (wanted ?? '').slice(0, 200).split(/[\s,]+/)) {
    const base = tag.split(/[-;]/)[0]?.toLowerCase();
    const found = languages.find(({ language }) => language === base);
    if (found !== undefined) return found;
  }
  return english;
}
