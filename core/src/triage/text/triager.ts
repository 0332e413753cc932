import { CurlewError, keyedMutex, StaleError } from '../../kernel/index.ts';
import type { LearnedStore, Triager } from '../ports.ts';
import { type Analysts, readableOf, readText } from './analyze-text.ts';
import { type Learner, learnerOf } from './learner.ts';
import { UnreadableLessonsError } from './learner-bytes.ts';
import { proposalsOf } from './propose.ts';

export interface TriagerParts extends Analysts {
  readonly learned: LearnedStore;
  /** Milliseconds, from whatever moment on: tells how long ago something was loaded. */
  now(): number;
}

/** What others taught elsewhere is known here so much later at most. */
const FRESH_MILLISECONDS = 60_000;
/** A store that failed is left in peace for a while: texts do not wait for it one after the other. */
const PEACE_MILLISECONDS = 10_000;
/** Of memory, for all organizations; the one that was asked last stays, however large. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ORGANIZATIONS = 100;
const TRIES = 8;

interface CachedLearner {
  /** Undefined where nothing was learned, or it cannot be had. */
  readonly learner: Learner | undefined;
  readonly revision: string | undefined;
  readonly failed: boolean;
  readonly until: number;
}

/** Reads texts with the given analyser and with what each organization has taught, which no other ever sees. */
export function triager({ learned, now, ...analysts }: TriagerParts): Triager {
  const held = new Map<string, CachedLearner>();
  const loading = new Map<string, Promise<CachedLearner>>();
  const runExclusive = keyedMutex();

  return {
    async assess(organizationId, text, options) {
      const [reading, { learner, failed }] = await Promise.all([
        readText(analysts, text, options),
        fresh(organizationId),
      ]);
      const byRules = reading.analysis.category;
      const answer = learner?.answer(reading.text);
      const category = answer?.category;
      const analysis = {
        ...reading.analysis,
        category: category === undefined ? byRules : { name: category.name, score: category.confidence },
        analyzer: failed
          ? { ...reading.analysis.analyzer, notes: [...reading.analysis.analyzer.notes, 'nothing_learned'] }
          : reading.analysis.analyzer,
      };
      const taught =
        learner === undefined || answer === undefined ? undefined : { answer, categories: learner.categories() };
      return { analysis, proposals: proposalsOf({ ...reading, analysis }, byRules, taught) };
    },

    teach(organizationId, { text, ...lesson }) {
      return runExclusive(organizationId, async () => {
        const readable = readableOf(text, analysts.readHtml).text;
        for (let tries = 1; tries <= TRIES; tries++) {
          if (await taughtOnce(organizationId, { ...lesson, text: readable })) return;
        }
        throw unavailable(new StaleError());
      });
    },
  };

  /** False when others taught meanwhile. */
  async function taughtOnce(organizationId: string, lesson: Parameters<Learner['learn']>[0]): Promise<boolean> {
    const { learner = learnerOf(), revision } = await newest(organizationId).catch((error) => {
      throw unavailable(error);
    });
    if (!learner.learn(lesson)) return true;
    // Nothing of it counts before it is saved, and it is the same object.
    held.delete(organizationId);
    try {
      const saved = await learned.save(organizationId, learner.bytes(), revision);
      keep(organizationId, { learner, revision: saved, failed: false, until: now() + FRESH_MILLISECONDS });
      return true;
    } catch (error) {
      if (error instanceof StaleError) return false;
      throw unavailable(error);
    }
  }

  /** What an organization taught, as it was a minute ago or later. Never rejects. */
  async function fresh(organizationId: string): Promise<CachedLearner> {
    const known = held.get(organizationId);
    if (known !== undefined && now() < known.until) {
      keep(organizationId, known);
      return known;
    }
    const running = loading.get(organizationId);
    if (running !== undefined) return running;
    const load = newest(organizationId)
      .catch((): CachedLearner => {
        // What was known is better than nothing.
        const learner = known?.learner;
        return { learner, revision: known?.revision, failed: learner === undefined, until: now() + PEACE_MILLISECONDS };
      })
      .then((one) => {
        // A lesson may have been saved meanwhile: that is newer.
        if (held.get(organizationId) === known) keep(organizationId, one);
        return one;
      })
      .finally(() => loading.delete(organizationId));
    loading.set(organizationId, load);
    return load;
  }

  async function newest(organizationId: string): Promise<CachedLearner> {
    const until = now() + FRESH_MILLISECONDS;
    const known = held.get(organizationId);
    if (known?.learner !== undefined && known.revision === (await learned.revision(organizationId))) {
      return { ...known, failed: false, until };
    }
    const found = await learned.load(organizationId);
    if (found === undefined) return { learner: undefined, revision: undefined, failed: false, until };
    const { revision } = found;
    try {
      return { learner: learnerOf(found.bytes), revision, failed: false, until };
    } catch (error) {
      if (!(error instanceof UnreadableLessonsError)) throw error;
      // The next lesson is the first one again.
      return { learner: undefined, revision, failed: true, until };
    }
  }

  /** As the one that was used last; those that were not for longest go when there is no room. */
  function keep(organizationId: string, one: CachedLearner): void {
    held.delete(organizationId);
    held.set(organizationId, one);
    let bytes = [...held.values()].reduce((sum, { learner }) => sum + (learner?.size() ?? 0), 0);
    for (const [oldest, { learner }] of held) {
      if (oldest === organizationId || (bytes <= MOST_BYTES && held.size <= MOST_ORGANIZATIONS)) break;
      held.delete(oldest);
      bytes -= learner?.size() ?? 0;
    }
  }
}

function unavailable(cause: unknown): CurlewError {
  return new CurlewError('unavailable', 'What was learned cannot be read or written at the moment; try again.', {
    cause,
  });
}
