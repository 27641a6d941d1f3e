import { EventType } from '../declaration/event-type.js';
import { CalendarDay, Count, Optional } from '../declaration/fields.js';

@EventType({
  name: 'web-traffic',
  version: 1,
  subject: 'none',
  meaning: 'The web statistics of one day.',
  example: { date: '2020-05-12', uniquePageViews: 412, visits: 260, homeEntrances: 118 },
})
export class WebTraffic {
  @CalendarDay('the day that was counted')
  date!: string;

  @Count('pages viewed, each once per visit')
  uniquePageViews!: number;

  @Optional()
  @Count('visits')
  visits?: number;

  @Optional()
  @Count('visits that began on the home page')
  homeEntrances?: number;
}
