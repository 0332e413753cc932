import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MESSAGES = join(import.meta.dirname, '../models/messages');
const FILES = ['development-tickets', 'tickets-by-category', 'what-cannot-wait', 'finance-and-public'];

/** Texts of exactly this length, made from invented messages. A text that is too short is joined with the next. */
export function textsOf(characters: number, count: number): string[] {
  const messages = FILES.flatMap(messagesIn);
  let next = 0;
  return Array.from({ length: count }, () => {
    let text = '';
    while (text.length < characters) text += `${text === '' ? '' : '\n\n'}${messages[next++ % messages.length]}`;
    return text.slice(0, characters);
  });
}

function messagesIn(file: string): string[] {
  const lines = readFileSync(join(MESSAGES, `${file}.ndjson`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { text, title, description } = JSON.parse(line) as { text?: string; title?: string; description?: string };
    return text ?? `${title}\n\n${description}`;
  });
}
