import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/** Attributes as identity systems call them, by the claim that they become. */
const claimOf: Readonly<Record<string, string>> = {
  fullName: 'name',
  firstName: 'given_name',
  lastName: 'family_name',
  middleName: 'middle_name',
  dateOfBirth: 'birthdate',
  phone: 'phone_number',
};

export function claimNamed(attribute: string): string {
  return claimOf[attribute] ?? attribute;
}

/** What an update of an identity says, as claims. */
export function claimsOf(identity: Json | undefined): JsonObject {
  if (!isJsonObject(identity)) return {};
  const entries = Object.entries(identity).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [claimNamed(name), value]));
}
