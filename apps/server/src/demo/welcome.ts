/** What to look at first, once the demo serves. */
export function welcome(url: string, hasKeys: boolean): string {
  const year = 'from=2020-01-01&to=2020-12-31';
  const key = hasKeys ? " -H 'authorization: Bearer KEY'" : '';
  const curl = (path: string) => `  curl -s '${url}${path}'${key}`;
  return [
    `The demo is ready at ${url}`,
    `  ${url}/              the dashboard`,
    `  ${url}/docs          all requests, to try in the browser`,
    `  ${url}/openapi.json  the same as an OpenAPI document`,
    '',
    'The people in it are made up; the counts are those of the annual report 2020. Try:',
    '',
    'The monthly funnel of 2020:',
    curl(`/v1/funnel/monthly?${year}`),
    'The same as it was known on the last day of 2020:',
    curl(`/v1/funnel/monthly?${year}&knownAt=2020-12-31`),
    'The same from the event log alone, and whether it matches what is served:',
    curl(`/v1/audit/replay?${year}&knownAt=2020-12-31`),
    '',
  ].join('\n');
}
