/** The address of a service as it may be shown: without user name, password and parameters. */
export function withoutPassword(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');
}
