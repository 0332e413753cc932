import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Learner, learnerOf, type TextLesson } from './learner.ts';
import { UnreadableLessonsError } from './learner-bytes.ts';
import { featuresOf, learnerWords } from './learner-features.ts';

const PARCELS = ['lost', 'late', 'missing', 'damaged', 'at the neighbour', 'returned', 'in the rain', 'open'].map(
  (how) => `My parcel from the courier is ${how}`,
);
const INVOICES = ['twice', 'too high', 'wrong', 'unpaid', 'without VAT', 'in dollars', 'from May', 'overdue'].map(
  (how) => `The invoice of this month is ${how}, see the payment`,
);
const lesson = (ticketId: string, text: string, category: string | null, tags: readonly string[] = []): TextLesson => ({
  ticketId,
  text,
  category,
  tags,
});
const LESSONS = [
  ...PARCELS.map((text, index) => lesson(`p${index}`, text, 'Shipping', index % 2 === 0 ? ['fragile'] : [])),
  ...INVOICES.map((text, index) => lesson(`i${index}`, text, 'Accounts')),
];

function taught(lessons: readonly TextLesson[] = LESSONS): Learner {
  const learner = learnerOf();
  for (const one of lessons) learner.learn(one);
  return learner;
}

describe('the learner', () => {
  it('predicts nothing before its first lesson', () => {
    expect(learnerOf().answer('My parcel is lost')).toEqual({ tags: [] });
    expect(learnerOf().categories()).toEqual([]);
    expect(learnerOf().guess('My parcel is lost')).toBeNull();
  });

  it('predicts learned names, and shows the words that speak for them', () => {
    const text = 'Hello, where is the parcel?';
    const { category } = taught().answer(text);
    expect(category).toMatchObject({ name: 'Shipping' });
    expect(category?.confidence).toBeGreaterThan(0.6);
    expect(category?.words.map(({ begin, end }) => text.slice(begin, end)).join()).toContain('parcel');
    expect(taught().answer('One more invoice please').category?.name).toBe('Accounts');
  });

  it('predicts nothing for words that are in no lesson', () => {
    expect(taught().answer('Zxqw vbnm kjhg').category).toBeUndefined();
    expect(taught().answer('')).toEqual({ tags: [] });
  });

  it('predicts no category if it knows only one, or if the likeliest has fewer than five lessons', () => {
    expect(taught(LESSONS.slice(0, 8)).answer(PARCELS[0] as string).category).toBeUndefined();
    const few = [...LESSONS.slice(0, 4), ...LESSONS.slice(8)];
    expect(taught(few).answer(PARCELS[0] as string).category).toBeUndefined();
  });

  it('learns each tag independently', () => {
    const lessons = [
      ...PARCELS.map((text, index) => lesson(`a${index}`, `${text}, the glass is broken`, null, ['glass', 'claims'])),
      ...INVOICES.map((text, index) => lesson(`b${index}`, text, null, ['claims'])),
      ...INVOICES.map((text, index) => lesson(`c${index}`, `Where do I park? ${text.slice(30)}`, 'Other')),
    ];
    const tags = (text: string) =>
      taught(lessons)
        .answer(text)
        .tags.map(({ name }) => name);
    expect(tags('The parcel came and the glass is broken').sort()).toEqual(['claims', 'glass']);
    expect(tags('The invoice of this month is wrong')).toEqual(['claims']);
    expect(tags('Where do I park?')).toEqual([]);
  });

  it('predicts at most three tags', () => {
    const five = ['one', 'two', 'three', 'four', 'five'];
    const lessons = [
      ...PARCELS.map((text, index) => lesson(`a${index}`, text, null, five)),
      ...INVOICES.map((text, index) => lesson(`b${index}`, text, 'Accounts')),
    ];
    expect(taught(lessons).answer(PARCELS[1] as string).tags).toHaveLength(3);
  });

  it('learns words of any language', () => {
    const lessons = [
      ...['verloren', 'beschädigt', 'verspätet', 'weg', 'zurück'].map((how, index) =>
        lesson(`a${index}`, `Das Paket ist ${how}`, 'Versand'),
      ),
      ...['慢', '坏了', '没有', '断开', '不稳定'].map((how, index) => lesson(`b${index}`, `网络连接${how}`, '网络')),
    ];
    expect(taught(lessons).answer('Wo ist mein Paket?').category?.name).toBe('Versand');
    expect(taught(lessons).answer('网络连接有问题').category?.name).toBe('网络');
  });

  it('ignores a repeated lesson', () => {
    const learner = taught();
    const before = learner.bytes();
    for (const one of LESSONS) expect(learner.learn(one)).toBe(false);
    expect(learner.bytes()).toEqual(before);
  });

  it('replaces the first lesson of a ticket with another lesson for it', () => {
    const learner = taught();
    for (const [index, text] of PARCELS.entries()) {
      expect(learner.learn(lesson(`p${index}`, text, 'Logistics'))).toBe(true);
    }
    expect(learner.answer(PARCELS[0] as string).category?.name).toBe('Logistics');
    expect(learner.categories()).toEqual(['Accounts', 'Logistics']);
  });

  it('leaves no trace of a removed lesson in the bytes', () => {
    const learner = taught();
    const size = learner.bytes().length;
    for (const [index, text] of PARCELS.entries()) {
      expect(learner.learn(lesson(`p${index}`, text, null))).toBe(true);
      expect(learner.learn(lesson(`p${index}`, text, null))).toBe(false);
    }
    expect(learner.categories()).toEqual([]);
    expect(learner.bytes().length).toBeLessThan(size * 0.6);
    expect(Buffer.from(learner.bytes()).toString('latin1')).not.toContain('Shipping');
  });

  it('stores no word of a text', () => {
    const bytes = Buffer.from(taught().bytes()).toString('latin1');
    for (const word of ['parcel', 'courier', 'invoice', 'neighbour']) expect(bytes).not.toContain(word);
  });

  it('predicts nearly the same for any order of lessons', () => {
    const texts = [...PARCELS, ...INVOICES, 'Where is the courier?', 'Payment of an invoice'];
    const answers = (learner: Learner) => texts.map((text) => learner.answer(text).category);
    const one = answers(taught());
    const other = answers(taught([...LESSONS].reverse()));
    expect(other.map((category) => category?.name)).toEqual(one.map((category) => category?.name));
    for (const [index, category] of one.entries()) {
      expect(Math.abs((category?.confidence ?? 0) - (other[index]?.confidence ?? 0))).toBeLessThan(0.05);
    }
  });

  it('reaches the same state with and without being stored after each lesson', () => {
    let stored = learnerOf();
    for (const one of LESSONS) {
      stored.learn(one);
      stored = learnerOf(stored.bytes());
    }
    expect(stored.bytes()).toEqual(taught().bytes());
  });

  it('learns many lessons at once', () => {
    const learner = learnerOf();
    learner.learnAll(LESSONS);
    expect(learner.answer('Where is my parcel?').category?.name).toBe('Shipping');
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', '📦🇩🇪', 'x'.repeat(40), ' ', '\u0000', 'toString'])(
    'takes %j for a name like any other',
    (name) => {
      const learner = taught([
        ...PARCELS.map((text, index) => lesson(`a${index}`, text, name, [name])),
        ...INVOICES.map((text, index) => lesson(`${name}${index}`, text, 'Accounts')),
      ]);
      const { category, tags } = learnerOf(learner.bytes()).answer(PARCELS[2] as string);
      expect([category?.name, tags[0]?.name]).toEqual([name, name]);
    },
  );

  it('distinguishes a category and a tag with the same name', () => {
    const learner = taught([
      ...PARCELS.map((text, index) => lesson(`a${index}`, text, 'same', [])),
      ...INVOICES.map((text, index) => lesson(`b${index}`, text, 'other', ['same'])),
    ]);
    expect(learner.answer(PARCELS[2] as string)).toMatchObject({ category: { name: 'same' }, tags: [] });
  });

  it('removes the category with the oldest latest lesson if there are too many', () => {
    const lessons = Array.from({ length: 201 }, (_, index) => lesson(`t${index}`, `about thing${index}`, `c${index}`));
    const learner = learnerOf();
    learner.learnAll(lessons);
    const bytes = Buffer.from(learner.bytes()).toString('latin1');
    expect(bytes).not.toContain('c0');
    expect(bytes).toContain('c200');
  });

  it('removes the oldest lessons of the most frequent label if there are too many', () => {
    const learner = learnerOf();
    const many = Array.from({ length: 12_050 }, (_, index) => lesson(`t${index}`, `parcel ${index % 50}`, 'many'));
    const few = Array.from({ length: 6 }, (_, index) => lesson(`f${index}`, `invoice ${index}`, 'few'));
    learner.learnAll([...few, ...many]);
    expect(learner.answer('invoice').category?.name).toBe('few');
    // The last lesson is still there, the first one was removed.
    expect(learner.learn(many.at(-1) as TextLesson)).toBe(false);
    expect(learner.learn(many[0] as TextLesson)).toBe(true);
  });
});

describe('the bytes of a learner', () => {
  const bytes = taught().bytes();
  const answers = (learner: Learner) => [...PARCELS, ...INVOICES].map((text) => learner.answer(text));

  it('restore the same learner', () => {
    expect(learnerOf(bytes).bytes()).toEqual(bytes);
    expect(answers(learnerOf(bytes))).toEqual(answers(taught()));
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a few bytes', bytes.slice(0, 10)],
    ['half of them', bytes.slice(0, 100)],
    ['something else', Buffer.from('<html>It works!</html> '.repeat(20))],
    ['another version', Uint8Array.from(bytes, (byte, index) => (index === 7 ? 99 : byte))],
  ])('are rejected if they are %s', (_, damaged) => {
    expect(() => learnerOf(damaged)).toThrow(UnreadableLessonsError);
  });

  it('with any one wrong byte are rejected, or lose only pushes that can be learned again', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = Uint8Array.from(bytes, (byte, index) => (index === place ? byte ^ change : byte));
        try {
          const names = answers(learnerOf(damaged)).map(({ category }) => category?.name);
          expect(names).toEqual(answers(taught()).map(({ category }) => category?.name));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableLessonsError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('without their end restore the pushes from the lessons', () => {
    const learner = learnerOf(bytes.slice(0, -5));
    expect(learner.answer('Where is my parcel?').category?.name).toBe('Shipping');
  });
});

describe('the features of a text', () => {
  it('are limited for any length of text', () => {
    const long = Array.from({ length: 50_000 }, (_, index) => `word${index}`).join(' ');
    expect(learnerWords(long).length).toBeLessThanOrEqual(250);
    expect(featuresOf(learnerWords(long)).length).toBeLessThan(1000);
    expect(featuresOf(learnerWords('x'.repeat(1_000_000))).length).toBeLessThan(1000);
  });

  it('do not depend on order numbers', () => {
    const [one, other] = ['Order 48213 is late', 'order 77 001234 is late'].map((text) => learnerWords(text));
    expect(one?.[1]?.form).toBe(other?.[2]?.form);
  });

  it('come from words with their positions', () => {
    const text = "I can’t, no: can't “Päckchen” 北京";
    for (const { begin, end, form } of learnerWords(text)) expect(text.slice(begin, end).toLowerCase()).toBe(form);
  });
});
