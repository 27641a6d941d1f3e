/**
 * What is wrong with a text that `JSON.parse` refused, without repeating any of it: the engine's own message quotes a
 * part of the text or the character that it stumbles over.
 */
export function jsonFault(error: unknown): string {
  const { message } = error as SyntaxError;
  const place = /at position \d+/.exec(message)?.[0];
  if (place) return `it breaks off ${place}`;
  return message.startsWith('Unexpected end')
    ? 'it ends too early or is empty'
    : 'a character in it is out of place';
}
