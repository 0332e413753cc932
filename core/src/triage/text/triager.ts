import { CurlewError, keyedMutex, StaleError } from '../../kernel/index.ts';
import type { LearnedStore, Triager } from '../ports.ts';
import { type Analysts, readableOf, readText } from './analyze-text.ts';
import { type Learner, learnerOf } from './learner.ts';
import { UnreadableLessonsError } from './learner-bytes.ts';
import { proposalsOf } from './propose.ts';

export interface TriagerParts extends Analysts {
  readonly learned: LearnedStore;
  /** A clock in milliseconds, with any starting point. It measures the age of cached learners. */
  now(): number;
}

/** A lesson that another process learned is used here after at most this time. */
const FRESH_MILLISECONDS = 60_000;
/** After a failure the store is not called for this time, so that not every text waits for a failing store. */
const PAUSE_MILLISECONDS = 10_000;
/**
 * The memory limit of the cache for all organizations. The learner that was used last stays in the cache at any size.
 */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ORGANIZATIONS = 100;
const TRIES = 8;

interface CachedLearner {
  /** Undefined if the organization has no lessons, or if its learner cannot be loaded. */
  readonly learner: Learner | undefined;
  readonly revision: string | undefined;
  readonly failed: boolean;
  readonly until: number;
}

/**
 * Makes a triager from an analyser and the organizations' learners. An organization's lessons affect no other
 * organization.
 */
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
          if (await tryTeach(organizationId, { ...lesson, text: readable })) return;
        }
        throw unavailable(new StaleError());
      });
    },
  };

  /** Learns and saves a lesson. Resolves with false if another process saved a lesson meanwhile. */
  async function tryTeach(organizationId: string, lesson: Parameters<Learner['learn']>[0]): Promise<boolean> {
    const { learner = learnerOf(), revision } = await newest(organizationId).catch((error) => {
      throw unavailable(error);
    });
    if (!learner.learn(lesson)) return true;
    // `learn` has changed the cached learner, which must not be used before its new state is saved.
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

  /** The organization's learner, at most a minute old. Never rejects. */
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
        // An old learner is better than none.
        const learner = known?.learner;
        return { learner, revision: known?.revision, failed: learner === undefined, until: now() + PAUSE_MILLISECONDS };
      })
      .then((one) => {
        // If a lesson was saved meanwhile, the cache has a newer learner already.
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
      // Learning starts again from nothing: the next lesson replaces the damaged bytes.
      return { learner: undefined, revision, failed: true, until };
    }
  }

  /**
   * Puts a learner into the cache as the latest used, and evicts the least recently used learners beyond the limits.
   */
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
  return new CurlewError('unavailable', 'The learned model cannot be read or written at the moment; try again.', {
    cause,
  });
}
