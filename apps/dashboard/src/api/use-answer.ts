import { useEffect, useState } from 'preact/hooks';
import { type Parameters, request, type RequestProblem, urlOf } from './client.js';
import { freshness } from './freshness.js';

export interface Answer<T> {
  /** What was answered to the question as it stands now, or to the one before while `loading`. */
  readonly data?: T;
  readonly problem?: RequestProblem;
  readonly loading: boolean;
}

interface Held<T> extends Answer<T> {
  /** The question that this answers. */
  readonly url: string | null;
}

/**
 * What the server answers, asked again when the parameters change or new facts have come. Nothing is asked while the
 * path is null.
 */
export function useAnswer<T>(path: string | null, parameters: Parameters = {}): Answer<T> {
  return useAnswerOf<T>(path === null ? null : urlOf(path, parameters), freshness.value);
}

/** As `useAnswer`, for what is dear to compute: new facts alone are no reason to ask again. */
export function useAnswerOnce<T>(path: string | null, parameters: Parameters = {}): Answer<T> {
  return useAnswerOf<T>(path === null ? null : urlOf(path, parameters), 0);
}

function useAnswerOf<T>(url: string | null, fresh: number): Answer<T> {
  const [held, setHeld] = useState<Held<T>>({ url, loading: url !== null });
  useEffect(() => {
    if (url === null) return undefined;
    const gone = new AbortController();
    setHeld(({ data }) => ({ url, data, loading: true }));
    request<T>(url, { signal: gone.signal }).then(
      (data) => setHeld({ url, data, loading: false }),
      (problem: RequestProblem) => {
        if (!gone.signal.aborted) setHeld({ url, problem, loading: false });
      },
    );
    return () => gone.abort();
  }, [url, fresh]);
  if (held.url === url) return held;
  return url === null ? { loading: false } : { data: held.data, loading: true };
}
