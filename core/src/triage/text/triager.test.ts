import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StaleError } from '../../kernel/index.ts';
import type { LearnedStore, Lesson, Sentiment, TextFindings } from '../index.ts';
import type { Analysts } from './analyze-text.ts';
import { triager } from './triager.ts';

const FEELINGS: Sentiment = { label: 'NEUTRAL', scores: { positive: 0, negative: 0, neutral: 1, mixed: 0 } };
const KEEP = { maskPersonalData: false };

/** An analyser that returns the given findings, and treats only `<b>` and `</b>` as HTML. */
function analysts(
  categories: Record<string, number> = {},
  isForeign = false,
  urgency = { medium: 0, high: 0, critical: 0 },
): Analysts {
  const findings: TextFindings = {
    language: { code: 'en', score: 1 },
    sentiment: FEELINGS,
    keyPhrases: [],
    analyzer: { name: 'fixed', version: '1', notes: [], masked: 0 },
    isForeign,
  };
  return {
    analyzer: { analyze: async () => findings },
    wording: { read: async () => ({ urgency, categories }) },
    readHtml: (text) =>
      [...text.matchAll(/<\/?b>|[^<]+/g)].flatMap(({ 0: part, index }) =>
        part.startsWith('<') ? [] : [{ text: part, begin: index, end: index + part.length }],
      ),
  };
}

function memoryStore() {
  const all = new Map<string, { bytes: Uint8Array; revision: string }>();
  const calls = { load: 0, revision: 0, save: 0 };
  let count = 0;
  let fault: (() => Error) | undefined;
  const fail = () => {
    if (fault !== undefined) throw fault();
  };
  const store: LearnedStore = {
    async load(organizationId) {
      calls.load += 1;
      fail();
      return all.get(organizationId);
    },
    async revision(organizationId) {
      calls.revision += 1;
      fail();
      return all.get(organizationId)?.revision;
    },
    async save(organizationId, bytes, revision) {
      calls.save += 1;
      fail();
      if (all.get(organizationId)?.revision !== revision) throw new StaleError();
      count += 1;
      all.set(organizationId, { bytes, revision: String(count) });
      return String(count);
    },
  };
  return {
    store,
    all,
    calls,
    failWith(error: (() => Error) | undefined): void {
      fault = error;
    },
  };
}

function clock() {
  let time = 0;
  return {
    now: () => time,
    pass(seconds: number): void {
      time += seconds * 1000;
    },
  };
}

const lesson = (ticketId: string, text: string, category: string | null, tags: readonly string[] = []): Lesson => ({
  ticketId,
  text,
  category,
  tags,
});
const LESSONS = [1, 2, 3, 4, 5, 6].flatMap((number) => [
  lesson(`p${number}`, `Parcel ${number}\n\nMy parcel from the courier is late`, 'Shipping', ['fragile']),
  lesson(`i${number}`, `Invoice ${number}\n\nThe invoice is too high`, 'Accounts'),
]);

function setUp(parts = analysts(), memory = memoryStore(), time = clock()) {
  const desk = triager({ ...parts, learned: memory.store, now: time.now });
  return {
    memory,
    time,
    desk,
    teachAll: async (organizationId = 'acme') => {
      for (const one of LESSONS) await desk.teach(organizationId, one);
    },
    assess: (text: string, organizationId = 'acme') => desk.assess(organizationId, text, KEEP),
  };
}

describe('a triager', () => {
  it('uses the rules before its first lesson', async () => {
    const { assess } = setUp(analysts({ billing: 0.95, order: 0.05 }));
    const { analysis, proposals } = await assess('My invoice is wrong');
    expect(analysis.category).toEqual({ name: 'billing', score: 0.95 });
    expect(analysis.analyzer.notes).toEqual([]);
    expect(proposals).toEqual([
      { field: 'category', value: 'billing', confidence: 0.85, evidence: [{ text: 'invoice', begin: 3, end: 10 }] },
    ]);
  });

  it("uses the organization's lessons, and maps the evidence to the original text", async () => {
    const { assess, teachAll } = setUp(analysts({ billing: 0.95 }));
    await teachAll();
    const text = 'Where  is <b>my</b> parcel from the courier?';
    const { analysis, proposals } = await assess(text);
    expect(analysis.category.name).toBe('Shipping');
    const category = proposals.find(({ field }) => field === 'category');
    expect(category).toMatchObject({ value: 'Shipping', confidence: analysis.category.score });
    expect(proposals.find(({ field }) => field === 'tags')).toMatchObject({ value: 'fragile' });
    for (const { evidence } of proposals) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(evidence.length).toBeLessThanOrEqual(3);
      for (const one of evidence) expect(text.slice(one.begin, one.end)).toBe(one.text);
    }
  });

  it('proposes no default category to an organization with its own names', async () => {
    const { assess, teachAll } = setUp(analysts({ delivery: 0.95 }));
    await teachAll();
    const { analysis, proposals } = await assess('Customs want to see papers');
    expect(analysis.category.name).toBe('delivery');
    expect(proposals.filter(({ field }) => field === 'category')).toEqual([]);
  });

  it('never uses the lessons of another organization', async () => {
    const { assess, teachAll } = setUp();
    await teachAll('acme');
    const { analysis, proposals } = await assess('My parcel from the courier is late', 'globex');
    expect(analysis.category.name).toBeNull();
    expect(proposals).toEqual([]);
  });

  it('learns from texts in languages that the rules do not support', async () => {
    const { assess, teachAll } = setUp(analysts({ billing: 0.95 }, true));
    await teachAll();
    const { analysis, proposals } = await assess('parcel courier, por favor, how do I cancel');
    expect(analysis.category.name).toBe('Shipping');
    expect(proposals.map(({ field }) => field)).not.toContain('type');
  });

  it('saves nothing for a repeated lesson', async () => {
    const { desk, memory, teachAll } = setUp();
    await teachAll();
    const { save } = memory.calls;
    for (const one of LESSONS) await desk.teach('acme', one);
    expect(memory.calls.save).toBe(save);
  });

  it('uses the lessons of another process after a minute, and loads bytes only for a new revision', async () => {
    const memory = memoryStore();
    const here = setUp(analysts(), memory);
    await here.assess('parcel');
    await setUp(analysts(), memory).teachAll();
    expect((await here.assess('My parcel from the courier')).analysis.category.name).toBeNull();
    here.time.pass(61);
    expect((await here.assess('My parcel from the courier')).analysis.category.name).toBe('Shipping');
    const { load } = memory.calls;
    here.time.pass(61);
    await here.assess('My parcel from the courier');
    expect(memory.calls.load).toBe(load);
  });

  it('loads the learner once for concurrent texts', async () => {
    const { assess, memory, teachAll } = setUp();
    await teachAll();
    const other = setUp(analysts(), memory);
    const before = memory.calls.load;
    await Promise.all([other.assess('one'), other.assess('two'), other.assess('three')]);
    expect(memory.calls.load - before).toBe(1);
    expect((await assess('parcel courier')).analysis.category.name).toBe('Shipping');
  });

  it('uses the rules while the learner cannot be loaded, and adds a note', async () => {
    const { assess, memory, time } = setUp(analysts({ billing: 0.95 }));
    memory.failWith(() => new Error('The disk is gone.'));
    const { analysis, proposals } = await assess('My invoice is wrong');
    expect(analysis.category.name).toBe('billing');
    expect(analysis.analyzer.notes).toEqual(['nothing_learned']);
    expect(proposals).toHaveLength(1);
    memory.failWith(undefined);
    time.pass(11);
    expect((await assess('My invoice is wrong')).analysis.analyzer.notes).toEqual([]);
  });

  it('does not call a failed store again for each text', async () => {
    const { assess, memory } = setUp();
    memory.failWith(() => new Error('The disk is gone.'));
    await assess('one');
    const { load } = memory.calls;
    await assess('two');
    expect(memory.calls.load).toBe(load);
  });

  it('keeps using a loaded learner when the store fails later', async () => {
    const { assess, memory, time, teachAll } = setUp();
    await teachAll();
    memory.failWith(() => new Error('The disk is gone.'));
    time.pass(61);
    const { analysis } = await assess('My parcel from the courier');
    expect(analysis.category.name).toBe('Shipping');
    expect(analysis.analyzer.notes).toEqual([]);
  });

  it('starts from nothing if the stored bytes are damaged', async () => {
    const { assess, memory, teachAll } = setUp();
    memory.all.set('acme', { bytes: Uint8Array.of(1, 2, 3), revision: 'x' });
    expect((await assess('My parcel')).analysis.analyzer.notes).toEqual(['nothing_learned']);
    await teachAll();
    expect((await assess('My parcel from the courier')).analysis.category.name).toBe('Shipping');
  });

  it('loses no lesson when two processes learn at the same time', async () => {
    const memory = memoryStore();
    const [one, other] = [setUp(analysts(), memory), setUp(analysts(), memory)];
    await Promise.all(LESSONS.map((some, index) => (index % 2 === 0 ? one : other).desk.teach('acme', some)));
    const { save } = memory.calls;
    const third = setUp(analysts(), memory);
    for (const some of LESSONS) await third.desk.teach('acme', some);
    expect(memory.calls.save).toBe(save);
  });

  it('throws unavailable if other processes always save first, or if the store fails', async () => {
    const { desk, memory, assess } = setUp();
    memory.failWith(() => new Error('The disk is gone.'));
    await expect(desk.teach('acme', LESSONS[0] as Lesson)).rejects.toMatchObject({ code: 'unavailable' });
    memory.failWith(undefined);
    const { save } = memory.store;
    memory.store.save = async () => {
      memory.calls.save += 1;
      throw new StaleError();
    };
    await expect(desk.teach('acme', LESSONS[0] as Lesson)).rejects.toMatchObject({ code: 'unavailable' });
    expect(memory.calls.save).toBe(8);
    memory.store.save = save;
    await desk.teach('acme', LESSONS[0] as Lesson);
    expect((await assess('hello')).proposals).toEqual([]);
  });

  it('keeps the most recently used organizations in the cache', async () => {
    const { assess, memory } = setUp();
    for (let number = 0; number < 101; number++) await assess('hello', `org${number}`);
    const before = memory.calls.load;
    await assess('hello', 'org100');
    expect(memory.calls.load).toBe(before);
    await assess('hello', 'org0');
    expect(memory.calls.load).toBe(before + 1);
  });
});

describe('the priority it proposes', () => {
  const proposed = async (text: string, urgency: { medium: number; high: number; critical: number }, categories = {}) =>
    (await setUp(analysts(categories, false, urgency)).assess(text)).proposals.filter(
      ({ field }) => field === 'priority',
    );

  it('is HIGH if the text gives a reason, with its words as evidence', async () => {
    const [proposal] = await proposed('Our warehouse is at a standstill, my flight leaves in two hours', {
      medium: 1,
      high: 0.9,
      critical: 0,
    });
    expect(proposal).toMatchObject({ value: 'HIGH', confidence: 0.85 });
    expect(proposal?.evidence.map(({ text }) => text).join()).toMatch(/standstill/);
  });

  it('is LOW if the text says that it can wait, or is a wish', async () => {
    const calm = { medium: 0, high: 0, critical: 0 };
    expect(await proposed('No rush, but the logo is a bit off', calm)).toMatchObject([{ value: 'LOW' }]);
    expect(await proposed('I wish there was a dark mode', calm, { 'feature-request': 0.9 })).toMatchObject([
      { value: 'LOW' },
    ]);
  });

  it.each([
    'Was my account hacked?',
    'Is there smoke coming from the router? Perhaps',
    'Maybe my account was hacked',
    'The house might be on fire',
    'had my account been hacked I would have told you',
    'My account has not been hacked',
    'What happens if somebody logged in to my account?',
    'brochure on data breach insurance',
  ])('is never sure enough to be applied for a question, a denial or a hypothesis: %s', async (text) => {
    for (const { confidence } of await proposed(text, { medium: 1, high: 1, critical: 1 }))
      expect(confidence).toBeLessThan(0.8);
  });

  it('is sure enough for a fact', async () => {
    const [proposal] = await proposed('My account was hacked', { medium: 1, high: 1, critical: 1 });
    expect(proposal).toMatchObject({ value: 'CRITICAL', confidence: 0.85 });
  });

  it('is absent if the reasons are missing, weak or contradicting', async () => {
    expect(await proposed('Hello there', { medium: 0, high: 0, critical: 0 })).toEqual([]);
    expect(await proposed('The logo is off', { medium: 0.9, high: 0, critical: 0 })).toEqual([]);
    expect(await proposed('The logo is off', { medium: 0.9, high: 0.9, critical: 0 })).toEqual([]);
    expect(await proposed('It is an outage, but no rush', { medium: 0.9, high: 0.9, critical: 0 })).toEqual([]);
  });
});

describe('for every text', () => {
  it('the evidence lies inside the text', async () => {
    const { assess, teachAll } = setUp(
      analysts({ 'technical-problem': 0.95 }, false, { medium: 1, high: 1, critical: 1 }),
    );
    await teachAll();
    const parts = [
      'parcel ',
      'courier',
      ' invoice',
      'the site is down',
      '<b>',
      '</b>',
      '\u200b',
      'ﷺ',
      '👩‍🚒',
      "can't log in",
      '\n\n',
      'e\u0301',
      '\ud800',
      'how do I ',
      '? ',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...parts), { maxLength: 30 }), async (some) => {
        const text = some.join('');
        for (const { evidence, confidence } of (await assess(text)).proposals) {
          expect(confidence).toBeGreaterThanOrEqual(0.6);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(evidence.length).toBeGreaterThan(0);
          for (const { begin, end } of evidence) {
            expect(begin).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
