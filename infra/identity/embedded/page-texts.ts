/** The few words of the provider's pages, in the languages that the realm names. */
export interface PageTexts {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly signIn: string;
  readonly training: string;
  readonly choose: string;
  readonly roles: string;
  readonly signOut: string;
  readonly signedOut: string;
  readonly device: string;
  readonly allowDevice: string;
  readonly allow: string;
  readonly done: string;
  readonly failed: string;
  readonly startAgain: string;
  /** The documents cannot be reached just now. */
  readonly away: string;
  readonly nationalId: string;
}

const english: PageTexts = {
  language: 'en',
  direction: 'ltr',
  signIn: 'Continue as',
  training: 'Training sandbox – not real people. Anybody may be any of them; no password is needed.',
  choose: 'Choose the person you want to play.',
  roles: 'Roles:',
  signOut: 'Sign out',
  signedOut: 'You are signed out.',
  device: 'Enter the code that your terminal shows',
  allowDevice: 'Does your terminal show this code?',
  allow: 'Continue',
  done: 'Done. You can close this page.',
  failed: 'Sign-in could not go on',
  startAgain: 'Start again from the first page',
  away: 'The sandbox cannot reach its data just now. Wait a moment, then load this page again: nothing is lost.',
  nationalId: 'Sign in with the national ID',
};

const languages: readonly PageTexts[] = [
  english,
  {
    language: 'fr',
    direction: 'ltr',
    signIn: 'Continuer en tant que',
    training:
      'Bac à sable de formation – personnes fictives. Chacun peut jouer n’importe quel rôle, sans mot de passe.',
    choose: 'Choisissez la personne que vous voulez jouer.',
    roles: 'Rôles :',
    signOut: 'Se déconnecter',
    signedOut: 'Vous êtes déconnecté.',
    device: 'Saisissez le code affiché dans votre terminal',
    allowDevice: 'Votre terminal affiche-t-il ce code ?',
    allow: 'Continuer',
    done: 'Terminé. Vous pouvez fermer cette page.',
    failed: 'La connexion n’a pas pu se poursuivre',
    startAgain: 'Recommencer depuis la première page',
    away: 'Le bac à sable n’atteint pas ses données en ce moment. Patientez un instant, puis rechargez cette page : rien n’est perdu.',
    nationalId: 'Se connecter avec l’identité nationale',
  },
  {
    language: 'es',
    direction: 'ltr',
    signIn: 'Continuar como',
    training:
      'Entorno de formación: no son personas reales. Cualquiera puede ser cualquiera, sin contraseña.',
    choose: 'Elija la persona que quiere representar.',
    roles: 'Funciones:',
    signOut: 'Cerrar sesión',
    signedOut: 'Ha cerrado la sesión.',
    device: 'Escriba el código que muestra su terminal',
    allowDevice: '¿Muestra su terminal este código?',
    allow: 'Continuar',
    done: 'Listo. Puede cerrar esta página.',
    failed: 'No se pudo continuar el inicio de sesión',
    startAgain: 'Volver a empezar desde la primera página',
    away: 'El entorno no alcanza sus datos en este momento. Espere un instante y vuelva a cargar esta página: no se ha perdido nada.',
    nationalId: 'Iniciar sesión con la identidad nacional',
  },
  {
    language: 'pt',
    direction: 'ltr',
    signIn: 'Continuar como',
    training:
      'Ambiente de formação – não são pessoas reais. Qualquer um pode ser qualquer uma delas, sem senha.',
    choose: 'Escolha a pessoa que quer representar.',
    roles: 'Funções:',
    signOut: 'Terminar sessão',
    signedOut: 'A sessão foi terminada.',
    device: 'Introduza o código que o seu terminal mostra',
    allowDevice: 'O seu terminal mostra este código?',
    allow: 'Continuar',
    done: 'Pronto. Pode fechar esta página.',
    failed: 'Não foi possível continuar',
    startAgain: 'Começar de novo na primeira página',
    away: 'O ambiente não alcança os seus dados neste momento. Aguarde um instante e recarregue esta página: nada se perdeu.',
    nationalId: 'Iniciar sessão com a identidade nacional',
  },
  {
    language: 'ar',
    direction: 'rtl',
    signIn: 'المتابعة بصفة',
    training: 'بيئة تدريب – أشخاص غير حقيقيين. يمكن لأي شخص أن يؤدي أي دور، ولا حاجة إلى كلمة مرور.',
    choose: 'اختر الشخص الذي تريد أن تؤدي دوره.',
    roles: 'الأدوار:',
    signOut: 'تسجيل الخروج',
    signedOut: 'تم تسجيل خروجك.',
    device: 'أدخل الرمز الظاهر في الطرفية',
    allowDevice: 'هل يظهر هذا الرمز في الطرفية لديك؟',
    allow: 'متابعة',
    done: 'تم. يمكنك إغلاق هذه الصفحة.',
    failed: 'تعذرت متابعة تسجيل الدخول',
    startAgain: 'ابدأ من جديد من الصفحة الأولى',
    away: 'لا تستطيع بيئة التدريب الوصول إلى بياناتها الآن. انتظر لحظة ثم أعد تحميل هذه الصفحة: لم يُفقد شيء.',
    nationalId: 'تسجيل الدخول بالهوية الوطنية',
  },
  {
    language: 'am',
    direction: 'ltr',
    signIn: 'እንደዚህ ሰው ይቀጥሉ',
    training: 'የሥልጠና ቦታ – እውነተኛ ሰዎች አይደሉም። ማንም ሰው ከእነርሱ አንዱን መሆን ይችላል፤ የይለፍ ቃል አያስፈልግም።',
    choose: 'ሊሆኑት የሚፈልጉትን ሰው ይምረጡ።',
    roles: 'ሚናዎች፦',
    signOut: 'ይውጡ',
    signedOut: 'ወጥተዋል።',
    device: 'በተርሚናልዎ ላይ የሚታየውን ኮድ ያስገቡ',
    allowDevice: 'ይህ ኮድ በተርሚናልዎ ላይ ይታያል?',
    allow: 'ቀጥል',
    done: 'ተጠናቋል። ይህን ገጽ መዝጋት ይችላሉ።',
    failed: 'መግባቱ ሊቀጥል አልቻለም',
    startAgain: 'ከመጀመሪያው ገጽ እንደገና ይጀምሩ',
    away: 'የሥልጠና ቦታው አሁን መረጃውን ማግኘት አልቻለም። ጥቂት ይጠብቁና ይህን ገጽ እንደገና ይጫኑ፤ የጠፋ ነገር የለም።',
    nationalId: 'በብሔራዊ መታወቂያ ይግቡ',
  },
  {
    language: 'sw',
    direction: 'ltr',
    signIn: 'Endelea kama',
    training:
      'Mazingira ya mafunzo – watu hawa si wa kweli. Yeyote anaweza kuwa mmoja wao; nenosiri halihitajiki.',
    choose: 'Chagua mtu unayetaka kuwa.',
    roles: 'Majukumu:',
    signOut: 'Ondoka',
    signedOut: 'Umeondoka.',
    device: 'Andika msimbo unaoonekana kwenye terminali yako',
    allowDevice: 'Je, terminali yako inaonyesha msimbo huu?',
    allow: 'Endelea',
    done: 'Imekamilika. Unaweza kufunga ukurasa huu.',
    failed: 'Kuingia hakukuweza kuendelea',
    startAgain: 'Anza tena kutoka ukurasa wa kwanza',
    away: 'Mazingira ya mafunzo hayafikii data yake kwa sasa. Subiri kidogo, kisha pakia upya ukurasa huu: hakuna kilichopotea.',
    nationalId: 'Ingia kwa kitambulisho cha taifa',
  },
];

/** The first wanted language that there is; English otherwise. Takes BCP 47 tags or an Accept-Language header. */
export function pageTexts(wanted: string | undefined): PageTexts {
  for (const tag of (wanted ?? '').split(/[\s,]+/)) {
    const base = tag.split(/[-;]/)[0]?.toLowerCase();
    const found = languages.find(({ language }) => language === base);
    if (found) return found;
  }
  return english;
}
