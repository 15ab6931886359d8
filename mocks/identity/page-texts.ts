/** What the sign-in pages say, in the languages of the sandbox's console. */
export interface PageTexts {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly signIn: string;
  readonly asksWho: (client: string) => string;
  readonly purpose: string;
  readonly number: string;
  readonly pin: string;
  readonly oneTimePassword: string;
  readonly biometric: string;
  readonly trainingCode: string;
  readonly trainingBiometric: string;
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
  readonly away: string;
  readonly awayWhy: string;
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
  biometric: 'Finger or face',
  trainingCode: 'Training: nobody here is real, and the code is 111111 for everybody.',
  trainingBiometric:
    'Training: no finger is scanned. <code dir="ltr">BIO-MATCH</code> stands for everybody’s.',
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
  away: 'The sign-in has to wait',
  awayWhy:
    'The sandbox cannot reach its data just now. Wait a moment, then load this page again: nothing is lost.',
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
  biometric: 'Doigt ou visage',
  trainingCode: 'Formation : personne ici n’est réel, et le code est 111111 pour tout le monde.',
  trainingBiometric:
    'Formation : aucun doigt n’est lu. <code dir="ltr">BIO-MATCH</code> vaut pour tout le monde.',
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
  away: 'La connexion doit attendre',
  awayWhy:
    'Le bac à sable n’atteint pas ses données en ce moment. Patientez un instant, puis rechargez cette page : rien n’est perdu.',
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
  biometric: 'الإصبع أو الوجه',
  trainingCode: 'تدريب: لا أحد هنا حقيقي، والرمز هو 111111 للجميع.',
  trainingBiometric: 'تدريب: لا تُقرأ أي بصمة. القيمة <code dir="ltr">BIO-MATCH</code> صحيحة للجميع.',
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
  away: 'على تسجيل الدخول أن ينتظر',
  awayWhy:
    'لا تستطيع بيئة التدريب الوصول إلى بياناتها الآن. انتظر لحظة ثم أعد تحميل هذه الصفحة: لم يُفقد شيء.',
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

const spanish: PageTexts = {
  language: 'es',
  direction: 'ltr',
  signIn: 'Iniciar sesión',
  asksWho: (client) => `${client} pregunta quién es usted.`,
  purpose: 'Finalidad:',
  number: 'Número de su identidad',
  pin: 'Código PIN',
  oneTimePassword: 'Contraseña de un solo uso',
  biometric: 'Dedo o rostro',
  trainingCode: 'Formación: aquí nadie es real, y el código es 111111 para todo el mundo.',
  trainingBiometric: 'Formación: no se lee ningún dedo. <code dir="ltr">BIO-MATCH</code> vale para todos.',
  training: 'Formación: aquí nadie es real.',
  trainingShort: 'formación',
  cancel: 'Cancelar',
  nobody: 'Nadie tiene aquí ese número.',
  notSignedIn: 'No se inició la sesión:',
  consent: 'Qué se puede transmitir',
  wouldLike: (person, client) => `${person}, ${client} quisiera saber:`,
  needed: 'necesario',
  allow: 'Permitir',
  refuse: 'Rechazar',
  over: 'Este inicio de sesión no puede continuar',
  overWhy: 'Este inicio de sesión ha terminado: empiece de nuevo en el servicio.',
  away: 'La entrada tiene que esperar',
  awayWhy:
    'El entorno de prácticas no alcanza sus datos en este momento. Espere un instante y vuelva a cargar esta página: no se pierde nada.',
  claims: {
    name: 'nombre completo',
    given_name: 'nombre',
    family_name: 'apellidos',
    birthdate: 'fecha de nacimiento',
    gender: 'sexo',
    phone_number: 'número de teléfono',
    email: 'correo electrónico',
    address: 'dirección',
    locale: 'idioma',
    picture: 'fotografía',
  },
};

const portuguese: PageTexts = {
  language: 'pt',
  direction: 'ltr',
  signIn: 'Iniciar sessão',
  asksWho: (client) => `${client} pergunta quem é.`,
  purpose: 'Finalidade:',
  number: 'Número da sua identidade',
  pin: 'Código PIN',
  oneTimePassword: 'Palavra-passe de uso único',
  biometric: 'Dedo ou rosto',
  trainingCode: 'Formação: aqui ninguém é real, e o código é 111111 para todos.',
  trainingBiometric: 'Formação: nenhum dedo é lido. <code dir="ltr">BIO-MATCH</code> vale para todos.',
  training: 'Formação: aqui ninguém é real.',
  trainingShort: 'formação',
  cancel: 'Cancelar',
  nobody: 'Aqui ninguém tem esse número.',
  notSignedIn: 'A sessão não foi iniciada:',
  consent: 'O que pode ser transmitido',
  wouldLike: (person, client) => `${person}, ${client} gostaria de saber:`,
  needed: 'necessário',
  allow: 'Permitir',
  refuse: 'Recusar',
  over: 'Este início de sessão não pode continuar',
  overWhy: 'Este início de sessão terminou: recomece no serviço.',
  away: 'A entrada tem de esperar',
  awayWhy:
    'O ambiente de formação não alcança os seus dados neste momento. Espere um instante e volte a carregar esta página: nada se perde.',
  claims: {
    name: 'nome completo',
    given_name: 'nome próprio',
    family_name: 'apelido',
    birthdate: 'data de nascimento',
    gender: 'sexo',
    phone_number: 'número de telefone',
    email: 'correio eletrónico',
    address: 'morada',
    locale: 'língua',
    picture: 'fotografia',
  },
};

const amharic: PageTexts = {
  language: 'am',
  direction: 'ltr',
  signIn: 'ይግቡ',
  asksWho: (client) => `${client} ማን እንደሆኑ ይጠይቃል።`,
  purpose: 'ዓላማው፦',
  number: 'የመታወቂያዎ ቁጥር',
  pin: 'የምሥጢር ቁጥር',
  oneTimePassword: 'የአንድ ጊዜ የይለፍ ቃል',
  biometric: 'ጣት ወይም ፊት',
  trainingCode: 'ሥልጠና፦ እዚህ ያለ ማንም እውነተኛ አይደለም፤ ኮዱም ለሁሉም 111111 ነው።',
  trainingBiometric: 'ሥልጠና፦ ምንም ጣት አይነበብም። <code dir="ltr">BIO-MATCH</code> ለሁሉም ይሠራል።',
  training: 'ሥልጠና፦ እዚህ ያለ ማንም እውነተኛ አይደለም።',
  trainingShort: 'ሥልጠና',
  cancel: 'ሰርዝ',
  nobody: 'እዚህ ያ ቁጥር ያለው ሰው የለም።',
  notSignedIn: 'አልገቡም፦',
  consent: 'ሊተላለፍ የሚችለው',
  wouldLike: (person, client) => `${person}፣ ${client} ይህን ማወቅ ይፈልጋል፦`,
  needed: 'አስፈላጊ',
  allow: 'ፍቀድ',
  refuse: 'ከልክል',
  over: 'ይህ መግቢያ ሊቀጥል አይችልም',
  overWhy: 'ይህ መግቢያ አብቅቷል፦ ከአገልግሎቱ እንደገና ይጀምሩ።',
  away: 'መግባቱ መጠበቅ አለበት',
  awayWhy: 'የሥልጠናው ሥርዓት አሁን መረጃውን ማግኘት አልቻለም። ጥቂት ይጠብቁና ይህን ገጽ እንደገና ይክፈቱ፦ ምንም አይጠፋም።',
  claims: {
    name: 'ሙሉ ስም',
    given_name: 'ስም',
    family_name: 'የአባት ስም',
    birthdate: 'የትውልድ ቀን',
    gender: 'ጾታ',
    phone_number: 'የስልክ ቁጥር',
    email: 'ኢሜይል',
    address: 'አድራሻ',
    locale: 'ቋንቋ',
    picture: 'ፎቶ',
  },
};

const swahili: PageTexts = {
  language: 'sw',
  direction: 'ltr',
  signIn: 'Ingia',
  asksWho: (client) => `${client} inauliza wewe ni nani.`,
  purpose: 'Kusudi:',
  number: 'Namba ya kitambulisho chako',
  pin: 'Namba ya siri',
  oneTimePassword: 'Nenosiri la mara moja',
  biometric: 'Kidole au uso',
  trainingCode: 'Mafunzo: hakuna mtu halisi hapa, na msimbo ni 111111 kwa kila mtu.',
  trainingBiometric:
    'Mafunzo: hakuna kidole kinachosomwa. <code dir="ltr">BIO-MATCH</code> inatumika kwa kila mtu.',
  training: 'Mafunzo: hakuna mtu halisi hapa.',
  trainingShort: 'mafunzo',
  cancel: 'Ghairi',
  nobody: 'Hakuna mtu hapa mwenye namba hiyo.',
  notSignedIn: 'Hujaingia:',
  consent: 'Kinachoweza kupitishwa',
  wouldLike: (person, client) => `${person}, ${client} ingependa kujua:`,
  needed: 'inahitajika',
  allow: 'Ruhusu',
  refuse: 'Kataa',
  over: 'Kuingia huku hakuwezi kuendelea',
  overWhy: 'Kuingia huku kumekwisha: anza tena kwenye huduma.',
  away: 'Kuingia kunapaswa kusubiri',
  awayWhy:
    'Mazingira ya mafunzo hayawezi kufikia data zake kwa sasa. Subiri kidogo, kisha pakia ukurasa huu tena: hakuna kinachopotea.',
  claims: {
    name: 'jina kamili',
    given_name: 'jina la kwanza',
    family_name: 'jina la ukoo',
    birthdate: 'tarehe ya kuzaliwa',
    gender: 'jinsia',
    phone_number: 'namba ya simu',
    email: 'barua pepe',
    address: 'anwani',
    locale: 'lugha',
    picture: 'picha',
  },
};

/** The last four are drafts: nobody who speaks them has checked them yet. */
const languages: readonly PageTexts[] = [english, french, arabic, spanish, portuguese, amharic, swahili];

/** The first wanted language that there is; English otherwise. Takes BCP 47 tags or an Accept-Language header. */
export function pageTexts(wanted: string | undefined): PageTexts {
  for (const tag of (wanted ?? '').slice(0, 200).split(/[\s,]+/)) {
    const base = tag.split(/[-;]/)[0]?.toLowerCase();
    const found = languages.find(({ language }) => language === base);
    if (found !== undefined) return found;
  }
  return english;
}
