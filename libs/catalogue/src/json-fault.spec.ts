import { jsonFault } from './json-fault.js';

function faultOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonFault(error);
  }
  throw new Error('it was taken');
}

describe('what is wrong with broken JSON', () => {
  it.each([
    ['{"a" 1}', 'it breaks off at position 5'],
    ['{"a":1} x', 'it breaks off at position 8'],
    ['', 'it ends too early or is empty'],
    ['{"a":', 'it ends too early or is empty'],
    ['root:x:0:0:root:/root:/bin/bash', 'a character in it is out of place'],
    ['[1,]', 'a character in it is out of place'],
    ['NaN', 'a character in it is out of place'],
  ])('of %s is told without repeating any of it', (text, told) => {
    expect(faultOf(text)).toBe(told);
  });
});
