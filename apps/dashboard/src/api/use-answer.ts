import { useEffect, useState } from 'preact/hooks';
import { type Parameters, request, type RequestProblem, urlOf } from './client.js';
import { freshness } from './freshness.js';

export interface Answer<T> {
  /** The last answer; while another question is on its way still that of the one before. */
  readonly data?: T;
  readonly problem?: RequestProblem;
  readonly loading: boolean;
}

/**
 * What the server answers, asked again when the parameters change or new facts have come. Nothing is asked while the
 * path is null.
 */
export function useAnswer<T>(path: string | null, parameters: Parameters = {}): Answer<T> {
  const url = path === null ? null : urlOf(path, parameters);
  const fresh = freshness.value;
  const [answer, setAnswer] = useState<Answer<T>>({ loading: true });
  useEffect(() => {
    if (url === null) return undefined;
    const gone = new AbortController();
    setAnswer(({ data }) => ({ data, loading: true }));
    request<T>(url, { signal: gone.signal }).then(
      (data) => setAnswer({ data, loading: false }),
      (problem: RequestProblem) => {
        if (!gone.signal.aborted) setAnswer({ problem, loading: false });
      },
    );
    return () => gone.abort();
  }, [url, fresh]);
  return answer;
}
