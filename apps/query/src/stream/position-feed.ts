import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { QueryParts } from '../query-parts.js';

const POLL_MS = 500;

/** Hears where the figures stand, or that nothing more will come. */
export interface PositionListener {
  moved(position: number): void;
  ended(): void;
}

/** Watches how far the figures are, as long as somebody listens; all listeners share one look. */
@Injectable()
export class PositionFeed implements OnModuleDestroy {
  private readonly listeners = new Set<PositionListener>();
  private timer: NodeJS.Timeout | undefined;
  private last: number | undefined;
  private stopped = false;

  constructor(private readonly parts: QueryParts) {}

  /** Tells the listener the position of now and every later one. The function that it gives ends that. */
  listen(listener: PositionListener): () => void {
    if (this.stopped) {
      listener.ended();
      return () => undefined;
    }
    this.listeners.add(listener);
    if (this.last !== undefined) listener.moved(this.last);
    this.timer ??= setInterval(() => void this.look(), POLL_MS).unref();
    void this.look();
    return () => this.leave(listener);
  }

  /** Ends all that listen: the server stops. */
  onModuleDestroy(): void {
    this.stopped = true;
    for (const listener of [...this.listeners]) {
      this.leave(listener);
      listener.ended();
    }
  }

  private leave(listener: PositionListener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.last = undefined;
  }

  private async look(): Promise<void> {
    // Figures that are away for a moment say nothing; the next look tells what was missed.
    const models = await this.parts.figures.status().catch(() => []);
    if (models.length === 0 || !models.every(({ ready }) => ready)) return;
    const position = Math.min(...models.map((model) => model.position));
    if (position === this.last || this.listeners.size === 0) return;
    this.last = position;
    for (const listener of this.listeners) listener.moved(position);
  }
}
