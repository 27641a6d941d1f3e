import { type Message, say } from '../i18n/language.js';
import { address } from '../state/address.js';

const REFUSED: Message = [
  'Nell’indirizzo «{name}={value}» non si può usare ed è stato lasciato da parte: le date si scrivono come 2020-12-31, e «to» non viene prima di «from».',
  'In the address “{name}={value}” cannot be used and was left aside: dates are written like 2020-12-31, and “to” does not come before “from”.',
];

/** Tells of parameters of the address that are not what they must be. */
export function RefusedParameters() {
  return (
    <>
      {address.value.refused.map(({ name, value }) => (
        <p class="notice notice-warning" role="alert" data-refused={name}>
          {say(REFUSED, { name, value })}
        </p>
      ))}
    </>
  );
}
