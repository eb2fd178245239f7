// Questions that change while they are answered: asked after a pause, one at a time, and only the answer to the newest one is
// shown. A question that was replaced while the service worked on it is answered in vain.

export interface Answered<Q, A> {
  of: Q;
  answer: A;
  /** False: a part of it is still to come. */
  whole: boolean;
  /** Milliseconds from the request to what is here. */
  took: number;
}

export interface Latest<Q, A> {
  /** Since when the service works on the newest question, or on the one before it; null: it does not. */
  since: number | null;
  /** The newest answer, which may belong to the question before. */
  answered: Answered<Q, A> | null;
  fault: { of: Q; why: unknown } | null;
}

type Asks<Q, A> = (question: Q, part: (answer: A) => void) => Promise<A>;

export class LatestOnly<Q, A> {
  private wanted: Q | null = null;
  private working = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: Latest<Q, A> = { since: null, answered: null, fault: null };

  constructor(
    private readonly asks: Asks<Q, A>,
    private readonly tell: (state: Latest<Q, A>) => void,
    private readonly pause = 300,
    private readonly now = () => performance.now(),
  ) {}

  /** The same question object again asks nothing new; null: there is nothing to ask. */
  want(question: Q | null): void {
    if (question === this.wanted) return;
    this.wanted = question;
    clearTimeout(this.timer);
    if (question !== null && !this.working) this.timer = setTimeout(() => void this.ask(question), this.pause);
  }

  /** The newest question once more, after a fault. */
  again(): void {
    const question = this.wanted;
    if (question === null || this.working || this.stopped) return;
    clearTimeout(this.timer);
    this.set({ fault: null });
    void this.ask(question);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private set(part: Partial<Latest<Q, A>>): void {
    if (this.stopped) return;
    this.state = { ...this.state, ...part };
    this.tell(this.state);
  }

  private async ask(question: Q): Promise<void> {
    this.working = true;
    const begun = this.now();
    const hear = (answer: A, whole: boolean) => {
      if (question === this.wanted) this.set({ answered: { of: question, answer, whole, took: this.now() - begun }, fault: null });
    };
    this.set({ since: begun });
    try {
      hear(await this.asks(question, (answer) => hear(answer, false)), true);
    } catch (why) {
      if (question === this.wanted) this.set({ fault: { of: question, why } });
    }
    this.working = false;
    this.set({ since: null });
    if (this.stopped || this.wanted === null || this.wanted === question) return;
    const next = this.wanted;
    this.timer = setTimeout(() => void this.ask(next), this.pause);
  }
}
