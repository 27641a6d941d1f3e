interface WeeklyHours {
  readonly channel: 'phone' | 'chatbot';
  readonly year: number;
  readonly hours: number;
}

/**
 * What the printed reports tell and no fact of the log holds, by year of the report: how many hours a week the help
 * desk was open. Source: annual report 2020, section on the help desk.
 */
export const PROGRAMME_FACTS: Readonly<
  Record<number, { readonly weeklyHours: readonly WeeklyHours[] } | undefined>
> = {
  2020: {
    weeklyHours: [
      { channel: 'phone', year: 2019, hours: 44 },
      { channel: 'phone', year: 2020, hours: 24 },
      { channel: 'chatbot', year: 2020, hours: 21 },
    ],
  },
};
