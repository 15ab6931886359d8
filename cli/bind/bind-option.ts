import { blockIds, type BlockId } from '../../contracts/block.js';
import { SandboxError } from '../../contracts/problems.js';

/** One `--bind` of the command line. */
export interface BindOption {
  readonly block: BlockId;
  readonly operationId?: string;
  readonly kind: 'real' | 'spy';
  readonly baseUrl: string;
}

const FORM = 'payments=https://pay.example/api, payments=spy:https://... or payments#bulkPayment=https://...';

/** Reads `block[#operation]=[spy:]address`. Raises GSB-REQ-001. */
export function parseBindOption(text: string): BindOption {
  const [, block = '', operationId, spy, baseUrl = ''] =
    /^([a-z-]+)(?:#([^=]+))?=(spy:)?(https?:\/\/.+)$/.exec(text) ?? [];
  const id = blockIds.find((known) => known === block);
  if (id === undefined || !URL.canParse(baseUrl))
    throw new SandboxError('GSB-REQ-001', {
      detail:
        block !== '' && id === undefined
          ? `--bind ${text}: there is no building block ${block}. There are: ${blockIds.join(', ')}.`
          : `--bind ${text}: write it as ${FORM}.`,
    });
  return {
    block: id,
    ...(operationId === undefined ? {} : { operationId }),
    kind: spy === undefined ? 'real' : 'spy',
    baseUrl,
  };
}

/** Whoever names an address on the command line wants it to be reached: the hosts, for SANDBOX_OUTBOUND_HOSTS. */
export function withHosts(given: string | undefined, bound: readonly BindOption[]): string {
  return [
    ...(given === undefined || given === '' ? [] : [given]),
    ...bound.map(({ baseUrl }) => hostOf(baseUrl)),
  ].join(',');
}

function hostOf(address: string): string {
  const { host } = new URL(address);
  return host;
}
