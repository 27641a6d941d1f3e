/** What a request was refused with. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';

  /** @param message the detail that the server gave, in English */
  constructor(
    readonly status: number,
    message: string,
    /** What kind of problem it is: `not-found`, `overloaded`; undefined where the server did not say. */
    readonly code?: string,
  ) {
    super(message);
  }
}

export type Parameters = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A path with those parameters that have a value. */
export function urlOf(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Called when the session has ended while the page was open. */
export const onSignedOut: { call: () => void } = { call: () => undefined };

const CODE = /^urn:percorso:problem:([\w-]+)$/;

/** @throws RequestProblem with the detail that the server gave; status 0 when the server was not reached */
export async function request<T>(url: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(url, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
  }).catch((error: unknown) => {
    throw new RequestProblem(0, error instanceof Error ? error.message : String(error));
  });
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  const problem = (await answer.json().catch(() => ({}))) as { type?: string; detail?: string };
  if (answer.status === 401 && init.method === undefined) onSignedOut.call();
  throw new RequestProblem(
    answer.status,
    problem.detail ?? `${answer.status} ${answer.statusText}`,
    CODE.exec(problem.type ?? '')?.[1],
  );
}
