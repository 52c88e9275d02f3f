import type { Clock } from '../calendar/clock.ts';

/** What a question is answered with; `late` where no answer came within so many ms, `failed` where it was rejected. */
export async function answerWithin<T>(
  ms: number,
  question: Promise<T>,
  { sleep }: Pick<Clock, 'sleep'>,
): Promise<T | 'late' | 'failed'> {
  const answered = new AbortController();
  const late = sleep(ms, answered.signal).then(() => 'late' as const);
  const answer = await Promise.race([question.catch(() => 'failed' as const), late]);
  answered.abort();
  return answer;
}
