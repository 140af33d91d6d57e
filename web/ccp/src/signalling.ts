import { isRecord } from './record.ts';

/** The part of the library's socket manager that signalling uses. */
export interface SocketManager {
  subscribeTopics(topics: string[]): void;
  onMessage(topic: string, receive: (frame: unknown) => void): () => void;
  sendMessage(frame: unknown): void;
}

export interface Offer {
  sdp: string;
  candidates: readonly RTCIceCandidateInit[];
}

/** The far end's description of the audio; `candidates` holds at least one. */
export interface Answer {
  sdp: string;
  candidates: readonly RTCIceCandidateInit[];
}

/** A call that signalling refused, with its own code (403, 404, 486, ...); code 0 is a wait that ended in silence. */
export class SignallingError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const topic = 'aws/softphone';
const answerWithin = 5_000;
const byeWithin = 2_000;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The softphone's JSON-RPC over the worker's socket, for one call. */
export class Signalling {
  /** The far end hung up. */
  onBye: () => void = () => {};
  /** The far end refused the call after it had answered. */
  onRefused: (error: SignallingError) => void = () => {};
  private readonly waiting = new Map<string, Waiting>();
  private readonly unsubscribe: () => void;
  private accepted = '';

  constructor(
    private readonly sockets: SocketManager,
    private readonly connectionId: string,
    private readonly contactId: string,
    private readonly token: string,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    sockets.subscribeTopics([topic]);
    this.unsubscribe = sockets.onMessage(topic, (frame) => this.receive(frame));
  }

  /** Offers our audio; gives the far end's, or throws SignallingError. */
  async invite(offer: Offer): Promise<Answer> {
    const params = { ...offer, callContextToken: this.token, contactId: this.contactId, iceRestart: false };
    return readAnswer(await this.call('invite', params, answerWithin));
  }

  /** Confirms that the answer is in use. This is not the agent's acceptance of the call. */
  accept(): void {
    this.accepted = this.send('accept', { contactId: this.contactId });
  }

  /** Says goodbye; an answer is waited for, but its absence is no failure. */
  async bye(): Promise<void> {
    const params = { contactId: this.contactId, callContextToken: this.token };
    await this.call('bye', params, byeWithin).catch(() => {});
  }

  /** Hears nothing any more; whoever still waits is told. */
  close(): void {
    this.unsubscribe();
    for (const { reject } of this.waiting.values()) reject(new SignallingError(0, 'signalling was closed'));
    this.waiting.clear();
  }

  private call(method: string, params: object, within: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.send(method, params);
      const timer = setTimeout(() => settle().reject(new SignallingError(0, `no answer to ${method}`)), within);
      const settle = () => {
        clearTimeout(timer);
        this.waiting.delete(id);
        return { resolve, reject };
      };
      this.waiting.set(id, {
        resolve: (result) => settle().resolve(result),
        reject: (error) => settle().reject(error),
      });
    });
  }

  private send(method: string, params: object): string {
    const id = this.newId();
    this.post({ jsonrpc: '2.0', method, params, id });
    return id;
  }

  private post(jsonRpcMsg: object): void {
    this.sockets.sendMessage({ topic, connectionId: this.connectionId, jsonRpcMsg });
  }

  private receive(frame: unknown): void {
    const content = readContent(frame);
    if (content === null || content.connectionId !== this.connectionId || !isRecord(content.jsonRpcMsg)) return;
    const message = content.jsonRpcMsg;
    const id = typeof message.id === 'string' ? message.id : '';
    if (message.method === 'bye') {
      this.post({ jsonrpc: '2.0', result: {}, id });
      this.onBye();
      return;
    }
    const refused = message.error === undefined ? null : readError(message.error);
    if (refused && id !== '' && id === this.accepted) this.onRefused(refused);
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    if (refused) waiting.reject(refused);
    else waiting.resolve(message.result);
  }
}

/** The content of a frame is JSON within a string. */
function readContent(frame: unknown): Record<string, unknown> | null {
  if (!isRecord(frame) || typeof frame.content !== 'string') return null;
  try {
    const content: unknown = JSON.parse(frame.content);
    return isRecord(content) ? content : null;
  } catch {
    return null;
  }
}

function readError(error: unknown): SignallingError {
  const code = isRecord(error) && typeof error.code === 'number' ? error.code : 500;
  const text = isRecord(error) && typeof error.message === 'string' ? error.message : 'refused';
  return new SignallingError(code, text);
}

function readAnswer(result: unknown): Answer {
  if (!isRecord(result) || typeof result.sdp !== 'string' || result.sdp === '') {
    throw new SignallingError(500, 'the answer has no description');
  }
  const candidates = Array.isArray(result.candidates) ? result.candidates.filter(isCandidate) : [];
  if (candidates.length === 0) throw new SignallingError(500, 'the answer has no candidate');
  return { sdp: result.sdp, candidates };
}

function isCandidate(value: unknown): value is RTCIceCandidateInit {
  return isRecord(value) && typeof value.candidate === 'string';
}
