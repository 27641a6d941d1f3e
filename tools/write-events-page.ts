import { writeFileSync } from 'node:fs';
import { eventsPage } from '#events/events-page';

// npm runs its scripts in the project's root.
writeFileSync('docs/events.md', eventsPage());
console.log('docs/events.md written');
