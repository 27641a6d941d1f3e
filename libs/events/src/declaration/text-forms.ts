/**
 * The forms of texts in events. They count in code points (flag `u`) and let no lone surrogate through: UTF-8 cannot
 * hold one, so it could not be given back as it was sent.
 */

/** The pseudonymous id of a journey or of a meeting. */
export const SUBJECT_FORM = /^[A-Za-z0-9_-]{1,64}$/u;
export const SUBJECT_WORDS = '1 to 64 of A-Z a-z 0-9 _ -';

/** An event's id within its source. */
export const ID_FORM = /^[^\p{Cc}\p{Cs}]{1,128}$/u;
export const ID_WORDS = '1 to 128 characters, none of them a control character';

/** A full event type with its version. */
export const FULL_TYPE_FORM = /^it\.mip\.[a-z][a-z-]{0,59}\.v[1-9][0-9]{0,3}$/u;

const SOURCE_MAX_LENGTH = 256;
const SCHEMA_MAX_LENGTH = 2048;

const plain = "A-Za-z0-9._~!$&'()*+,;=\\-";
const encoded = '%[0-9A-Fa-f]{2}';
const host = `(?:\\[[0-9A-Fa-fv.:]+\\]|(?:[${plain}]|${encoded})*)`;
const authority = `//(?:(?:[${plain}:]|${encoded})*@)?${host}(?::[0-9]*)?(?=[/?#]|$)`;
const path = `(?:[${plain}:@/]|${encoded})*`;
const tail = `(?:[${plain}:@/?]|${encoded})*`;

/**
 * A URI reference by RFC 3986, not empty: absolute, or relative without a colon in its first segment. The length is
 * settled first, so that a text of megabytes is refused without being matched.
 */
function uriReference(maxLength: number): RegExp {
  const scheme = '(?:[A-Za-z][A-Za-z0-9+.\\-]*:|(?![^/?#]*:))';
  return new RegExp(
    `^(?=[^]{1,${maxLength}}$)${scheme}(?:${authority}|(?!//))${path}(?:\\?${tail})?(?:#${tail})?$`,
    'u',
  );
}

export const SOURCE_FORM = uriReference(SOURCE_MAX_LENGTH);
export const SOURCE_WORDS = `a URI reference of 1 to ${SOURCE_MAX_LENGTH} characters`;

/** The `dataschema` of an event. */
export const SCHEMA_FORM = uriReference(SCHEMA_MAX_LENGTH);
export const SCHEMA_WORDS = `a URI of 1 to ${SCHEMA_MAX_LENGTH} characters`;
