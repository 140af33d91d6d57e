import type { Transport } from './streams.ts';

const topic = 'aws/softphone';
const answerWithin = 5000;

/** The far side's answer to an invitation. */
export interface Answer {
  sdp: string;
  candidates: RTCIceCandidateInit[];
  peerConnectionId?: string;
}

interface Reply {
  connectionId?: string;
  jsonRpcMsg?: { id?: string; method?: string; result?: unknown; error?: { code: number; message: string } };
}

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;
const isReply = (v: unknown): v is Reply => isRecord(v) && isRecord(v.jsonRpcMsg);
export const isAnswer = (v: unknown): v is Answer =>
  isRecord(v) && typeof v.sdp === 'string' && Array.isArray(v.candidates);

/** Reads a frame's content, which is text of JSON within the frame. */
export function readContent(content: unknown): Reply | undefined {
  if (typeof content !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(content);
    return isReply(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** JSON-RPC over the worker's socket, for one connection. */
export class Signalling {
  private readonly waiting = new Map<string, (r: NonNullable<Reply['jsonRpcMsg']>) => void>();
  private readonly stop: () => void;

  constructor(
    private readonly transport: Transport,
    private readonly connectionId: string,
    onBye: () => void,
  ) {
    transport.subscribeTopics([topic]);
    this.stop = transport.onMessage(topic, (m) => {
      const reply = readContent(m.content);
      if (!reply || reply.connectionId !== connectionId || !reply.jsonRpcMsg) return;
      const { id, method } = reply.jsonRpcMsg;
      if (method === 'bye') {
        this.transport.sendMessage({ topic, connectionId, jsonRpcMsg: { jsonrpc: '2.0', result: {}, id } });
        onBye();
        return;
      }
      if (id !== undefined) this.waiting.get(id)?.(reply.jsonRpcMsg);
    });
  }

  /** Asks and waits; fails with the far side's words, or when it is silent. */
  async ask(method: string, params: unknown): Promise<unknown> {
    const id = crypto.randomUUID();
    try {
      return await new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(errors.SIGNALLING_HANDSHAKE_FAILURE)), answerWithin);
        this.waiting.set(id, (r) => {
          clearTimeout(timer);
          if (r.error) reject(new Error(refusals[r.error.code] ?? r.error.message));
          else resolve(r.result);
        });
        this.transport.sendMessage({
          topic,
          connectionId: this.connectionId,
          jsonRpcMsg: { jsonrpc: '2.0', method, params, id },
        });
      });
    } finally {
      this.waiting.delete(id);
    }
  }

  close(): void {
    this.stop();
  }
}

/** What went wrong, in the library's own words: it looks them up to tell people. */
export const errors = {
  ICE_COLLECTION_TIMEOUT: 'Ice Collection Timeout',
  USER_BUSY: 'User Busy',
  SIGNALLING_HANDSHAKE_FAILURE: 'Signalling Handshake Failure',
  SIGNALLING_CONNECTION_FAILURE: 'Signalling Connection Failure',
  GUM_TIMEOUT_FAILURE: 'GUM Timeout Failure',
  GUM_OTHER_FAILURE: 'GUM Other Failure',
  CALL_NOT_FOUND: 'Call Not Found',
};

const refusals: Record<number, string> = { 404: errors.CALL_NOT_FOUND, 486: errors.USER_BUSY };
