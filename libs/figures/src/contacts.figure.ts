import { isoMonth, monthOfDay, type Month } from '#calendar';
import { CONTACT_CHANNELS, CONTACT_TOPICS, inWindow, layoutMonths, type Selection } from '#measures';
import { boundsOf } from './cut-offs.js';
import { DayRange } from './day-range.js';
import { type FactTable } from './fact-table.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type ContactValue } from './figure-models.js';

class ContactCounts {
  private readonly byChannel = CONTACT_CHANNELS.map(() => ({ contacts: 0, timed: 0, seconds: 0 }));
  private readonly byTopic = CONTACT_TOPICS.map(() => 0);

  add({ channel, durationSeconds, topic }: ContactValue): void {
    const counts = this.byChannel[CONTACT_CHANNELS.findIndex((one) => one === channel)];
    if (!counts) return;
    counts.contacts++;
    if (durationSeconds !== undefined) {
      counts.timed++;
      counts.seconds += durationSeconds;
    }
    const at = CONTACT_TOPICS.findIndex((one) => one === topic);
    if (at >= 0) this.byTopic[at]!++;
  }

  shown() {
    const [phone, chatbot] = this.byChannel;
    const mean = ({ seconds, timed }: { seconds: number; timed: number }) =>
      timed === 0 ? null : seconds / timed;
    return {
      phone: phone!.contacts,
      chatbot: chatbot!.contacts,
      meanDurationSeconds: { phone: mean(phone!), chatbot: mean(chatbot!) },
      topics: Object.fromEntries(CONTACT_TOPICS.map((topic, at) => [topic, this.byTopic[at]!])),
    };
  }
}

/** The contacts of the help desk by month. */
export function contactsFigure(
  { columns, catalogue }: FigureSource<FactTable<ContactValue>>,
  selection: Selection,
): FigureBody {
  const byMonth = new Map<Month, ContactCounts>();
  const totals = new ContactCounts();
  const days = new DayRange();
  for (const { day, value } of columns.visible(boundsOf(selection))) {
    if (!inWindow(day, selection)) continue;
    const month = monthOfDay(day);
    let counts = byMonth.get(month);
    if (!counts) byMonth.set(month, (counts = new ContactCounts()));
    counts.add(value);
    totals.add(value);
    days.add(day);
  }
  const none = new ContactCounts();
  const { months } = layoutMonths(selection, catalogue, days, []);
  return {
    items: months.map((month) => ({ month: isoMonth(month), ...(byMonth.get(month) ?? none).shown() })),
    totals: totals.shown(),
  };
}
