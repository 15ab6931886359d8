import type { BlockId } from '../../../contracts/block.js';

/** Where official sources disagree with each other, though each of our answers fits the document that declares it. */
export interface Disagreement {
  readonly block: BlockId;
  readonly one: string;
  readonly other: string;
  readonly answered: string;
}

export const disagreements: readonly Disagreement[] = [
  {
    block: 'digital-registries',
    one: 'The published document spells operations in camel case (`updateEntries`, `readValue`).',
    other: 'The official suite and deployed candidates say `update-entries`, `read-value`.',
    answered: 'Both, from one state.',
  },
  {
    block: 'digital-registries',
    one: 'Both documents require `query` in the body of exists.',
    other: 'The official suite sends the bare content.',
    answered: 'Both are understood.',
  },
  {
    block: 'digital-registries',
    one: 'The path of delete has the parameter `{id}`.',
    other: 'The official suite fills in a parameter `ID`, so that `%7Bid%7D` is sent, and expects 204.',
    answered: '204, whether there was such a record or not.',
  },
  {
    block: 'digital-registries',
    one: 'A registry without the record cannot be updated.',
    other: 'The official suite expects 200 for it.',
    answered: '200, and that nothing changed.',
  },
  {
    block: 'payments',
    one: 'A request that is not valid is answered 200 with response code 01 in prepayment validation.',
    other: 'The same mistake is answered 400 in bulk payment, registration and update of beneficiaries.',
    answered: 'What each document says of its own operation.',
  },
  {
    block: 'payments',
    one: 'The older document spells `voucher_redeemption`.',
    other: 'The official suite calls `voucher_redemption`.',
    answered: 'Both paths.',
  },
  {
    block: 'payments',
    one: 'Cancelling a cancelled voucher is refused with 464.',
    other: 'Activating an activated voucher succeeds again.',
    answered: 'As the suite expects of each.',
  },
  {
    block: 'payments',
    one: 'The document of prepayment-validation-response describes a callback that payments sends.',
    other: 'The official suite posts to it, and expects an answer from payments.',
    answered: 'A result of the validation, as far as it is known.',
  },
  {
    block: 'information-mediator',
    one: 'The published document names the caller in `X-GovStack-Client`.',
    other: 'The registries say `Information-Mediator-Client`, X-Road says `X-Road-Client`.',
    answered: 'All three names.',
  },
  {
    block: 'information-mediator',
    one: 'The published directory lies below `/r1`.',
    other: 'The official suite asks for it without.',
    answered: 'Both.',
  },
  {
    block: 'messaging',
    one: 'The document declares the message as a query parameter named `body`.',
    other: 'Its example and candidates send it as the body of the request.',
    answered: 'The body of the request.',
  },
  {
    block: 'scheduler',
    one: 'The document puts a nested object into the query (`qry`, style form, exploded).',
    other: 'OpenAPI leaves undefined how that is written.',
    answered: 'JSON text, brackets, and members as parameters of their own are understood.',
  },
];
