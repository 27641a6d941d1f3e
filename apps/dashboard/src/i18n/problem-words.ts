import { RequestProblem } from '../api/client.js';
import { type Message } from './language.js';

const NOT_REACHED: Message = ['Il server non è raggiungibile.', 'The server cannot be reached.'];
const OTHER: Message = ['Il server non risponde come dovrebbe.', 'The server does not answer as it should.'];

/** By the code of the problem, as the API documents them. */
const BY_CODE: Readonly<Record<string, Message>> = {
  'invalid-parameter': [
    'Il server non capisce questa domanda: un parametro non va.',
    'The server does not understand this question: a parameter is wrong.',
  ],
  unauthenticated: ['Per questo serve una chiave.', 'A key is needed for this.'],
  forbidden: ['Questa chiave non lo permette.', 'The key does not allow this.'],
  'not-found': ['Qui non c’è nulla.', 'There is nothing here.'],
  timeout: ['La risposta ha richiesto troppo tempo.', 'The answer took too long.'],
  overloaded: [
    'Il server ha troppo da fare: riprovare tra poco.',
    'The server has too much to do: try again in a moment.',
  ],
  internal: ['Il server ha un guasto.', 'The server failed.'],
  unavailable: ['Una parte del sistema non è raggiungibile.', 'A part of the system is away.'],
  'not-caught-up': [
    'I dati non sono ancora pronti: si riprova da soli.',
    'The figures are not there yet: they are asked for again.',
  ],
};

/** What went wrong, in a sentence of the page's language. */
export function problemMessage(problem: unknown): Message {
  if (!(problem instanceof RequestProblem)) return OTHER;
  if (problem.status === 0) return NOT_REACHED;
  return BY_CODE[problem.code ?? ''] ?? OTHER;
}

/** What the server itself tells of it, in English. */
export function problemDetail(problem: unknown): string {
  return problem instanceof Error ? problem.message : '';
}
