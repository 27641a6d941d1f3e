/** Where one projection stands. */
export interface ProjectionStatus {
  readonly projection: string;
  /** Everything up to this position of the log is in its read model. */
  readonly position: number;
  /** Why it stands still, where it does. */
  readonly problem: string | null;
}

export interface StatusReport {
  /** Position of the last fact of the log. */
  readonly position: number;
  readonly projections: readonly ProjectionStatus[];
  /** Read models that are being built beside those that serve, where they are written by this process. */
  readonly building?: readonly ProjectionStatus[];
  /** Whether the history in the log is made up. */
  readonly synthetic?: boolean;
}

/** How the system is; each app tells it of its own parts. Rejects when a part cannot be reached. */
export abstract class SystemStatus {
  abstract read(): Promise<StatusReport>;
}

/** Whether the read models hold, or have held, all that was in the log when this was first asked. */
export class Readiness {
  private target: number | undefined;
  private reached = false;

  constructor(private readonly status: SystemStatus) {}

  async isReady(): Promise<boolean> {
    if (this.reached) return true;
    const { position, projections } = await this.status.read();
    const target = (this.target ??= position);
    this.reached = projections.every((one) => one.position >= target);
    return this.reached;
  }
}
