import { describe, expect, it } from 'vitest';
import { URGENCY_PAIRS } from './urgency-pairs.ts';
import { URGENCY_REASONS, urgencySigns } from './urgency-signs.ts';

const reasonsIn = (text: string) => urgencySigns(text).reasons.map(({ reason }) => reason.reason);

it('has ten pairs for each reason', () => {
  expect(Object.keys(URGENCY_PAIRS).sort()).toEqual([...URGENCY_REASONS].sort());
  for (const pairs of Object.values(URGENCY_PAIRS)) expect(pairs).toHaveLength(10);
});

describe.each(Object.entries(URGENCY_PAIRS))('%s', (reason, pairs) => {
  it.each(pairs)('is in "%s", and not in "%s"', (alarm, noAlarm) => {
    expect(reasonsIn(alarm)).toContain(reason);
    expect(reasonsIn(noAlarm)).not.toContain(reason);
  });
});

describe('the scope of a negation', () => {
  it.each([
    ["I don't know what to do, my account was hacked", 'security'],
    ['There is no doubt that my account was hacked', 'security'],
    ['Nobody answers, and I smell gas', 'safety'],
    ['No ambulance came', 'safety'],
    ['If you can read this: my house is on fire', 'safety'],
    ['We are not only slow, the server is down', 'outage'],
    ['Nobody cares that my card was stolen', 'security'],
    ['Never mind the invoice. My house is on fire', 'safety'],
  ])('does not reach the alarm in "%s"', (text, reason) => {
    expect(reasonsIn(text)).toContain(reason);
  });
});

it.each(['Was my account hacked?', 'Maybe the house is on fire', 'I wonder if my account was hacked'])(
  'is doubtful: %s',
  (text) => {
    expect(urgencySigns(text).reasons.map(({ isDoubtful }) => isDoubtful)).toEqual([true]);
  },
);

describe('in other languages', () => {
  it.each([
    ['Unser Server ist ausgefallen', 'outage'],
    ['El servidor está caído', 'outage'],
    ['Le serveur est en panne', 'outage'],
    ['Пожар в офисе', 'safety'],
    ['サーバーダウンしました', 'outage'],
    ['해킹 당했어요', 'security'],
  ])('an alarm is found: %s', (text, reason) => {
    expect(reasonsIn(text)).toEqual([reason]);
  });

  it.each([
    'Das ist nicht dringend',
    'Es eilt nicht',
    'No es urgente',
    'No hay prisa',
    "Ce n'est pas urgent",
    'Non è urgente',
    'Não é urgente',
    'Geen haast',
    '緊急ではありません',
    '不紧急',
  ])('a denial is no alarm: %s', (text) => {
    const { reasons, denial } = urgencySigns(text);
    expect(reasons).toEqual([]);
    expect(denial?.reason).toBe('not_urgent');
  });

  it.each([
    'Es gibt kein Feuer',
    'Versicherung gegen Feuer',
    'No hay incendio',
    'Falls der Server ausgefallen ist',
    '火灾保险',
  ])('a denial, hypothesis or topic is no alarm: %s', (text) => {
    expect(reasonsIn(text)).toEqual([]);
  });
});

it.each<[string, string]>([
  ['line breaks', '\n'.repeat(50_000)],
  ['blanks', ' '.repeat(100_000)],
  ['a word of alarm', 'hacked '.repeat(14_000)],
  ['a question of alarms', 'no fire in the if my house is on fire '.repeat(2600)],
  ['negations', 'not '.repeat(25_000)],
  ['letters of a clause', `${'a'.repeat(50_000)} hacked ${'b'.repeat(50_000)}`],
  ['commas', 'is hacked,'.repeat(10_000)],
])('reads in linear time: %s', (_, text) => {
  urgencySigns(text.slice(0, 1000));
  const from = performance.now();
  urgencySigns(text);
  expect(performance.now() - from).toBeLessThan(1500);
});
