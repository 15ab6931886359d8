import { defaultInstitutions } from '../kit/institutions.js';

/**
 * The institutions' places in the information mediator, as data for its directory. Each service sees one institution
 * only: the base path is put before the caller's path.
 */
export const institutionServices = defaultInstitutions.map(({ code, name, service }) => {
  const parts = service.split('/');
  return {
    title: name,
    provider: parts.slice(0, 4).join('/'),
    code: parts[4] ?? '',
    block: 'financial-institution',
    basePath: `/institutions/${code}`,
  } as const;
});
