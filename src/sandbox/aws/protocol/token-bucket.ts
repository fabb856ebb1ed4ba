/** Lets calls through at a rate. */
export interface TokenBucket {
  /** Takes a token at a moment (ms), or says that none is left. */
  take(nowMs: number): boolean;
}

/** Creates a full bucket that refills by `perSecond` up to `burst` tokens. */
export function createTokenBucket({ perSecond, burst }: { perSecond: number; burst: number }): TokenBucket {
  let tokens = burst;
  let filledAt: number | undefined;
  return {
    take(nowMs) {
      const elapsedMs = filledAt === undefined ? 0 : nowMs - filledAt;
      filledAt = nowMs;
      tokens = Math.min(burst, tokens + (elapsedMs * perSecond) / 1000);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
