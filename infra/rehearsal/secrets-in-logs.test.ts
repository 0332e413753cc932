import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keySecrets } from '../../backend/src/hosts/key-secrets.ts';
import { secretsInLogs } from './secrets-in-logs.ts';

const LINE =
  '{"level":"INFO","message":"request","requestId":"req_1","method":"GET","path":"/v1/tickets","status":200}\n';
const KEY = keySecrets.make('org_a', 'key_01kjsdqgbj1hy8gnqqme6vdxan').text;
const TOKEN = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.c2ln`;

describe('secrets in logs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'curlew-logs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const found = (text: string) => {
    writeFileSync(join(folder, 'tickets.log'), text);
    return secretsInLogs(folder, { functions: ['tickets'], called: new Set(['tickets']) });
  };

  it('are not reported for ordinary log lines', () => {
    const error = `{"level":"ERROR","error":"TypeError: x\\n    at file:///eyJ.mjs:1","code":"wrong_credentials","detail":"No clw_ here; a password is wrong."}\n`;
    expect(found(LINE + error)).toEqual([]);
  });

  it.each([
    ['an API key', `{"error":"No such key: ${KEY}"}`],
    ['a token', `{"headers":{"cookie":"t=${TOKEN}"}}`],
    ['a token', `not JSON at all ${TOKEN.replace(/c2ln$/, '')}`],
    ['a refresh or password token', '{"body":"crt.default.ses_1.abc.def"}'],
    ['a refresh or password token', 'cpt.org_a.c2VjcmV0'],
    ['a password', '{"body":{"password":"seven grey herons"}}'],
    ['a password', JSON.stringify({ body: '{"currentPassword": "seven grey herons"}' })],
    ['an Authorization header', '{"headers":{"Authorization":"Basic YTpi"}}'],
    ['an Authorization header', JSON.stringify({ event: '{"multiValueHeaders":{"authorization":["Bearer x"]}}' })],
  ])('are found: %s in %s', (what, line) => {
    expect(found(`${LINE}${line}\n`)).toEqual([`tickets.log, line 2: ${what}`]);
  });

  it('cannot be ruled out if a log is empty or missing', () => {
    expect(found('')).toEqual(['tickets logged nothing']);
    const nowhere = { functions: ['tasks', 'relay'], called: new Set(['tasks']) };
    expect(secretsInLogs(folder, nowhere)).toEqual(['tasks logged nothing']);
  });
});
