import { type Stage } from '../api/answers.js';

/** Told apart also without seeing red and green, and against white. */
export const COLOURS = {
  converted: '#0066cc',
  pending: '#f0a500',
  lost: '#b3324c',
  text: '#1a1a1a',
  muted: '#5b6f82',
  line: '#d9dadb',
  before: '#a3b7cc',
} as const;

export const STAGE_COLOURS: Readonly<Record<Stage, string>> = {
  registered: '#17324d',
  booked: '#7a93ad',
  bookingCancelled: '#a9976b',
  attended: '#0066cc',
  absent: '#8a6d3b',
  saChosen: '#0a8f86',
  receptionHeld: '#6f5ba7',
  pdsSigned: '#d1660a',
  notAdmissible: '#8f3a84',
  abandoned: '#b3324c',
};

/** For groups: as many as are told apart, then again from the first. */
export const GROUP_COLOURS = [
  '#0066cc',
  '#d1660a',
  '#0a8f86',
  '#8f3a84',
  '#17324d',
  '#8a6d3b',
  '#b3324c',
  '#6f5ba7',
];

/** A colour with an opacity from 0 to 1. */
export function faded(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
