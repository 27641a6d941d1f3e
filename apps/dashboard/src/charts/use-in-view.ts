import { useEffect, useState } from 'preact/hooks';

/** What comes so near to the window, in pixels, counts as looked at. */
const NEAR = '300px';

/** Whether an element is being looked at; what is dear to compute is asked for only then. */
export function useInView(id: string): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const element = document.getElementById(id);
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: NEAR },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [id]);
  return inView;
}
