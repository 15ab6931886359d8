/**
 * The name of an access right, readable, stable and fit for an address:
 * `SANDBOX.GOV.MSW.USCT~SANDBOX.GOV.MOF.TAX.tax`, client and service; a client's second right for the service ends in `~2`.
 */
export function rightId(client: string, service: string, position = 1): string {
  const pair = [client, service].map((path) => path.replaceAll('/', '.')).join('~');
  return position === 1 ? pair : `${pair}~${position}`;
}

/** The same of a right that was granted while the sandbox ran. The configuration may give its client another one later, with a name as above. */
export function grantedRightId(client: string, service: string, position: number): string {
  return `${rightId(client, service)}~granted${position === 1 ? '' : `-${position}`}`;
}
