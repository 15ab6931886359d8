/** Ends every message, so that none can be taken for a real one. Seeds (`notices`) replace or add languages. */
export const FALLBACK_LOCALE = 'en';

export const defaultNotices: Readonly<Record<string, string>> = {
  en: 'Training message from the GovStack sandbox: not real, no money is paid.',
  fr: 'Message de formation du bac à sable GovStack : il n’est pas réel, aucun argent n’est versé.',
  es: 'Mensaje de formación del entorno de pruebas GovStack: no es real, no se paga dinero.',
  pt: 'Mensagem de formação da sandbox GovStack: não é real, nenhum dinheiro é pago.',
  ar: 'رسالة تدريبية من بيئة GovStack التجريبية: ليست حقيقية ولا تُدفع أي أموال.',
  am: 'ከGovStack የሙከራ አካባቢ የሥልጠና መልእክት፦ እውነተኛ አይደለም፤ ምንም ገንዘብ አይከፈልም።',
  sw: 'Ujumbe wa mafunzo kutoka GovStack sandbox: si halisi, hakuna pesa zinazolipwa.',
};
