import { Refused } from '../words.ts';
import type { Heard, Road } from './road.ts';

interface Question {
  road: Road;
  call: string;
  resolve(value: unknown): void;
  reject(why: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Questions on their way: each has an id, a bound in time, and one end. */
export class Pending {
  private asked = 0;
  private readonly questions = new Map<string, Question>();

  /** `page` names this page load. */
  constructor(private readonly page: string) {}

  /** Resolves with the answer; rejects with the component's own words, or refused if none came in time, milliseconds. */
  put(road: Road, call: string, within: number, args?: Record<string, unknown>): Promise<unknown> {
    this.asked += 1;
    const id = String(this.asked);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.silent(id), within);
      this.questions.set(id, { road, call, resolve, reject, timer });
      road
        .send({ to: 'desk', from: this.page, id, call, ...(args && { args }) })
        .catch((e: unknown) => this.silent(id, String(e)));
    });
  }

  /** An answer counts on the road of its question. */
  hear(road: Road, heard: Exclude<Heard, { is: 'event' }>): void {
    if (this.questions.get(heard.id)?.road !== road) return;
    const q = this.take(heard.id);
    if (heard.is === 'answer') q?.resolve(heard.value);
    else q?.reject(new Error(heard.why));
  }

  /** No answer is waited for any more. */
  end(): void {
    for (const id of this.questions.keys()) this.silent(id);
  }

  private silent(id: string, why = ''): void {
    const q = this.take(id);
    q?.reject(new Refused('command.silent', { asked: q.call }, why));
  }

  private take(id: string): Question | undefined {
    const q = this.questions.get(id);
    clearTimeout(q?.timer);
    this.questions.delete(id);
    return q;
  }
}
